"""The dialog audit of the whole stand-in: how many dialogs a second, and what it holds of memory.

scripts/bench audit                  all of the stand-in's dialogs, each run to its end
scripts/bench audit --pictures       with a picture of each

Ends with 1 below 2 dialogs a second, or if memory at the end is over 1.15 times that after the first third.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

_DONE = re.compile(r"\] (\d+) of (\d+)")
_LEAST_PER_S = 2.0
_MOST = 1.15


@click.command(help=__doc__)
@click.option("--pictures", is_flag=True, help="Take a picture of each dialog.")
@click.option("--processes", default="auto", help="How many audit at the same time.")
def main(pictures: bool, processes: str) -> None:
    """Run it, and measure the processes now and then."""
    with TemporaryDirectory() as folder:
        taken = "--pictures" if pictures else "--no-pictures"
        command = [sys.executable, "-m", "tray_auth_desktop", "--config-dir", folder, "audit", taken]
        command += ["--workspace", "stand-in", "--processes", processes, "--output", f"{folder}/report"]
        started_at = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            sizes = _followed(process, started_at)
    per_s = max(sizes) / (time.monotonic() - started_at)
    third = next(size for done, size in sizes.items() if done >= max(sizes) / 3)
    ratio = sizes[max(sizes)] / third
    click.echo(f"dialogs a second, from start to end: {per_s:.2f} (at least {_LEAST_PER_S:g})")
    click.echo(f"memory at the end, against the first third: {ratio:.2f} (at most {_MOST})")
    sys.exit(0 if process.returncode == 0 and per_s >= _LEAST_PER_S and ratio <= _MOST else 1)


def _followed(process: subprocess.Popen[str], started_at: float) -> dict[int, float]:
    """Return the proportional set size in MiB, by how many dialogs were done."""
    from tests.bench.measured_process import process_tree, tree_pss_mib

    sizes: dict[int, float] = {}
    for line in process.stderr or ():
        found = _DONE.search(line)
        if found is None:
            click.echo(line.rstrip())
            continue
        sizes[int(found[1])] = tree_pss_mib(process.pid)
        passed_s = time.monotonic() - started_at
        size, count = sizes[int(found[1])], len(process_tree(process.pid))
        click.echo(f"after {found[1]:>4} dialogs   {passed_s:6.1f} s   {size:6.0f} MiB   {count} processes")
    return sizes


if __name__ == "__main__":
    main()
