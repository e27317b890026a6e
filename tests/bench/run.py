"""Benchmarks, each side by side with its baseline in one run, printed as medians and ratios.

scripts/bench                    all of them
scripts/bench window dialog      some of them
scripts/bench -n 20              more repetitions
"""

from __future__ import annotations

import compileall
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import click

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.bench.large_stand_in import LargeStandIn  # noqa: E402 - found only after the line above
from tests.bench.measured_process import MeasuredProcess  # noqa: E402 - found only after the line above
from tests.bench.stand_in import BenchStandIn  # noqa: E402 - found only after the line above

#: The baseline takes a minute each time.
_MOST_OF_SCALE = 3
PROGRAM = ("-m", "tray_auth_desktop")


@dataclass
class Row:
    """One thing that was measured, and what it is held against."""

    name: str
    unit: str
    aim: str
    ours: list[float] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)

    def line(self) -> str:
        """Return the row as printed."""
        ours = statistics.median(self.ours)
        spread = f"{min(self.ours):.0f}–{max(self.ours):.0f}"
        if not self.baseline:
            return f"{self.name:46} {ours:8.1f} {self.unit:4} {spread:>12}  {'':>17}  {self.aim}"
        base = statistics.median(self.baseline)
        against = f"{base:8.1f}  {ours / base:7.2f}"
        return f"{self.name:46} {ours:8.1f} {self.unit:4} {spread:>12}  {against}  {self.aim}"


def measure_window(count: int, stand_in: BenchStandIn) -> list[Row]:
    """Process start → window painted, against a bare QWidget window and a bare web view's window."""
    plain = Row("process start → window painted", "ms", "")
    web = Row("  the same, against a bare web view's window", "ms", "≤ 1.00")
    for _ in range(count):
        with MeasuredProcess([str(HERE / "bare_window.py")]) as bare:
            plain.baseline.append(bare.ms_until("painted"))
        with MeasuredProcess([str(HERE / "bare_view.py")], given="about:blank") as bare:
            web.baseline.append(bare.ms_until("painted"))
        with MeasuredProcess(
            PROGRAM, environment={**stand_in.environment(), "TRAY_LOG_LEVEL": "info"}
        ) as ours:
            plain.ours.append(ours.ms_until("the window is painted"))
    web.ours = plain.ours
    return [plain, web]


def measure_dialog(count: int, stand_in: BenchStandIn) -> list[Row]:
    """Process start → dialog loaded, and the memory that is held then."""
    cold = Row("process start → dialog loaded (create)", "ms", "≤ 1.25")
    memory = Row("PSS of the process tree, dialog loaded", "MiB", "≤ 1.20")
    arguments = (*PROGRAM, "create", *stand_in.create_arguments(), "--log-level", "info")
    for _ in range(count):
        with MeasuredProcess([str(HERE / "bare_view.py")], given=stand_in.new_address()) as bare:
            cold.baseline.append(bare.ms_until("loaded"))
            memory.baseline.append(bare.pss_mib())
        with MeasuredProcess(arguments, environment=stand_in.environment()) as ours:
            cold.ours.append(ours.ms_until("The dialog is there"))
            memory.ours.append(ours.pss_mib())
    return [cold, memory]


def measure_second(count: int, stand_in: BenchStandIn) -> list[Row]:
    """Click → dialog loaded, on the second attempt of a running window."""
    row = Row("click → dialog loaded, second attempt (window)", "ms", "≤ 0.50")
    for _ in range(count):
        with MeasuredProcess([str(HERE / "bare_view.py")], given=stand_in.new_address()) as bare:
            row.baseline.append(bare.ms_until("loaded"))
        arguments = [str(HERE / "second_attempt.py"), *stand_in.create_arguments()]
        with MeasuredProcess(arguments, environment=stand_in.environment()) as ours:
            row.ours.append(ours.value_after("second attempt loaded after ms:"))
    return [row]


def measure_message(count: int, stand_in: BenchStandIn) -> list[Row]:
    """`postMessage` in the dialog's page → authId painted in the window; the journal's commit is in it."""
    row = Row("postMessage → authId painted (window)", "ms", "≤ 16")
    arguments = [str(HERE / "message_to_paint.py"), str(count), *stand_in.create_arguments()]
    with MeasuredProcess(arguments, environment=stand_in.environment()) as ours:
        row.ours = [ours.value_after("message painted after ms:") for _ in range(count)]
    return [row]


def measure_scale(count: int, _stand_in: BenchStandIn) -> list[Row]:
    """100,000 authentications in the program's table, against QSortFilterProxyModel over a Python list."""
    rows = {
        "loaded after ms:": Row("100,000 authentications asked for → all shown", "ms", ""),
        "longest gap ms:": Row("  longest gap of the event loop meanwhile", "ms", "≤ 50"),
        "first rows after ms:": Row("  asked for → first rows painted", "ms", ""),
        "memory per row B:": Row("  memory for each", "B", "≤ 1500"),
        "keystroke median ms:": Row("  keystroke in the filter → painted, median", "ms", "≤ 16"),
        "keystroke worst ms:": Row("  the same, worst", "ms", "≤ 50"),
        "longest gap while typing ms:": Row("  longest gap of the event loop while typing", "ms", "≤ 50"),
    }
    script = str(HERE / "scale_table.py")
    with LargeStandIn() as large:
        for _ in range(min(count, _MOST_OF_SCALE)):
            with MeasuredProcess([script, "plain"], given=large.given) as plain:
                for said, row in rows.items():
                    row.baseline.append(plain.value_after(said))
            with MeasuredProcess([script, "ours"], given=large.given) as ours:
                for said, row in rows.items():
                    row.ours.append(ours.value_after(said))
    return list(rows.values())


def measure_keys(count: int, _stand_in: BenchStandIn) -> list[Row]:
    """A keystroke in a picker → its list painted; the median of some 50 keystrokes each time."""
    rows = {
        "keystroke among end users ms:": Row("keystroke among 20,000 end users → painted", "ms", "≤ 16"),
        "keystroke among services ms:": Row("  the same among 1,000 services", "ms", "≤ 16"),
    }
    for _ in range(count):
        with MeasuredProcess([str(HERE / "picker_keystrokes.py")]) as ours:
            for said, row in rows.items():
                row.ours.append(ours.value_after(said))
    return list(rows.values())


BENCHMARKS: dict[str, Callable[[int, BenchStandIn], list[Row]]] = {
    "window": measure_window,
    "dialog": measure_dialog,
    "second": measure_second,
    "message": measure_message,
    "keys": measure_keys,
    "scale": measure_scale,
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(tuple(BENCHMARKS)))
@click.option("-n", "count", default=10, show_default=True, help="Repetitions of each.")
def main(names: Sequence[str], count: int) -> None:
    """Run benchmarks and print medians, spread and ratios."""
    # As an installation has it. Where Python is told to write none, the program would compile itself at
    # each start, which doubles the time until its window is there.
    compileall.compile_dir(HERE.parents[1] / "tray_auth_desktop", quiet=1)
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        stand_in = stack.enter_context(BenchStandIn(Path(folder)))
        click.echo(f"{'':46} {'ours':>8} {'':4} {'min–max':>12}  {'baseline':>8}  {'ratio':>7}  aim")
        for name in names or tuple(BENCHMARKS):
            for row in BENCHMARKS[name](count, stand_in):
                click.echo(row.line())


if __name__ == "__main__":
    main()
