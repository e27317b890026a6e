"""Many attempts in one process: what is left of them in memory, and in processes.

scripts/bench growth             200 attempts
scripts/bench growth -n 500      more

Ends with 1 if memory after the last is over 1.1 times that after the tenth.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

_BASELINE_AFTER = 10
_MOST = 1.1


@click.command(help=__doc__)
@click.option("-n", "--attempts", default=200, show_default=True, help="Attempts, one after the other.")
def main(attempts: int) -> None:
    """Run them, every other one with a severed opener."""
    from tests.bench.measured_process import process_tree, tree_pss_mib
    from tests.capture.offscreen import offscreen_application
    from tests.capture.rig import CaptureRig
    from tests.capture.ways import WHOLE_WAYS

    application = offscreen_application()
    ways = (WHOLE_WAYS["late, then close"], WHOLE_WAYS["after one COOP page, inline"])
    told = {_BASELINE_AFTER, *range(0, attempts, 50), attempts}
    sizes: dict[int, float] = {}
    with TemporaryDirectory() as folder:
        rig = CaptureRig(application, Path(folder))
        for number in range(1, attempts + 1):
            rig.run(ways[number % 2])
            if number in told:
                sizes[number] = tree_pss_mib(os.getpid())
                count = len(process_tree(os.getpid()))
                click.echo(f"after {number:4} attempts   {sizes[number]:6.0f} MiB   {count} processes")
        rig.close()
    ratio = sizes[attempts] / sizes[_BASELINE_AFTER]
    click.echo(f"after the last, against the tenth: {ratio:.2f} (at most {_MOST})")
    sys.exit(0 if ratio <= _MOST else 1)


if __name__ == "__main__":
    main()
