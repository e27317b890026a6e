"""Each way a dialog can end, N fresh dialogs each: delivered by the program, and by the textbook bridge.

scripts/bench capture            20 of each
scripts/bench capture -n 50      more

Ends with 1 if the program delivered fewer than all.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@click.command(help=__doc__)
@click.option("-n", "--trials", default=20, show_default=True, help="Fresh dialogs of each way.")
def main(trials: int) -> None:
    """Run both, print one line for each way."""
    from tests.capture.offscreen import offscreen_application
    from tests.capture.rig import CaptureRig
    from tests.capture.textbook import is_delivered
    from tests.capture.ways import WHOLE_WAYS

    application = offscreen_application()
    lost = 0
    with TemporaryDirectory() as folder:
        rig = CaptureRig(application, Path(folder))
        click.echo(f"{'the dialog…':42} {'program':>8}  {'textbook':>8}  via")
        for name, way in WHOLE_WAYS.items():
            tally = rig.tally(way, trials)
            textbook = sum(is_delivered(way, rig) for _ in range(trials))
            vias = ", ".join(f"{via} {count}" for via, count in tally.vias.most_common())
            lost += tally.trials - tally.delivered
            click.echo(f"{name:42} {tally.delivered:4}/{trials:<3}  {textbook:4}/{trials:<3}  {vias}")
            for wrong in tally.wrong:
                click.echo(f"    {wrong}")
        rig.close()
    click.echo(f"{'all of them':42} {len(WHOLE_WAYS) * trials - lost} of {len(WHOLE_WAYS) * trials}")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
