"""Take the pictures of docs/scenarios.md, and compare what comes of each scene with what is said there.

Each shows the program's real window against a stand-in of its own, after somebody did what a person would.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from scripts.picture_stage import SLACK, Stage
from tray_auth_desktop import app
from tray_auth_desktop.cli.qt import make_application
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.presentation import Embedding
from tray_auth_desktop.gui.main_window import HISTORY
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import DEFAULT_OPENER_ORIGIN
from tray_auth_desktop.standin import Fault, StandIn
from tray_auth_desktop.standin.state.scenarios import scenarios

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_WIDTH_PX, _HEIGHT_PX = 1100, 780
_COLOURS, _FREQUENT = 256, 100
#: Colours with the same leading bits in each channel are alike.
_ALIKE = 0xF0F0F0
_FORM = {"Account SID": "AC0123", "Auth Token": "anything"}
_SIGN_IN = {"E-mail address": "ava@example.com", "Password": "anything"}
#: With it the fault that strikes by chance strikes at the first press, and not at the second.
_RANDOM_SEED = 1


def complete(stage: Stage) -> None:
    """Fill in the form, press the button, wait for the outcome."""
    stage.open()
    stage.fill(_FORM, "Create")
    stage.until_settled()


def see_form_again(stage: Stage) -> None:
    """Sign in at the third party, which denies access."""
    stage.open(SLACK)
    stage.fill({}, "Continue to Slack")
    stage.fill(_SIGN_IN, "Sign in", in_popup=True)
    stage.read("was denied")
    stage.scroll_to("problem")


def see_it_fail(stage: Stage) -> None:
    """Press the button; the dialog says that this failed."""
    stage.open()
    stage.fill(_FORM, "Create")
    stage.until("document.querySelector('#form[aria-busy=false] #problem:not([hidden])') !== null")
    stage.scroll_to("problem")


def press_again(stage: Stage) -> None:
    """Press the button again."""
    stage.fill({}, "Create")
    stage.until_settled()


def cancel(stage: Stage) -> None:
    """Take the way out."""
    stage.desk.cancel()
    stage.until_settled()


def see_it_made(stage: Stage) -> None:
    """Fill in the form; the dialog says that it is done, and nothing else comes."""
    stage.open()
    stage.fill(_FORM, "Create")
    stage.read("close this window")


def crash(stage: Stage) -> None:
    """Fill in the form, and crash the page once it asks for that."""
    stage.open()
    stage.fill(_FORM, "Create")
    stage.until("document.documentElement.dataset.standInInstruction === 'crash-renderer'")
    stage.crash()
    stage.until_settled()


def open_in_frame(stage: Stage) -> None:
    """Open the dialog in an iframe."""
    stage.open(embedding=Embedding.IFRAME)
    stage.until_settled()


def open_with_origin(stage: Stage) -> None:
    """Tell the dialog by a parameter which page opens it, and complete it."""
    stage.open(parameters=(("targetOrigin", DEFAULT_OPENER_ORIGIN),))
    stage.fill(_FORM, "Create")
    stage.until_settled()


def see_half_a_page(stage: Stage) -> None:
    """Wait in front of a page that does not load to its end."""
    stage.open()
    stage.until("document.querySelector('h1')?.textContent === 'Connect Twilio'")
    stage.until_waited()


def see_nothing(stage: Stage) -> None:
    """Wait in front of a page that does not come."""
    stage.open()
    stage.until_waited()


def only_open(stage: Stage) -> None:
    """Open the dialog, which fails by itself."""
    stage.open()
    stage.until_settled()


def open_twice(stage: Stage) -> None:
    """Open the dialog, and again with a new code; see both attempts in the history."""
    only_open(stage)
    stage.desk.new_code()
    stage.fill(_FORM, "Create")
    stage.until_settled()
    stage.window.show_page(HISTORY)


@dataclass(frozen=True)
class Scene:
    """One picture.

    Attributes:
        act: What a person does until it is taken.
        go_on: What the person does afterwards, unless that was the end.
        scenarios: Which scenario counts.
        faults: What fails.
    """

    act: Callable[[Stage], None] = complete
    go_on: Callable[[Stage], None] = cancel
    scenarios: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


_ACTS = {
    "renderer-crash": crash,
    "consent-denied": see_form_again,
    "never-finishes": see_it_made,
    "exact-target-origin": open_with_origin,
    "iframe-refused": open_in_frame,
    "endless-load": see_half_a_page,
}
_FAULTS = {
    "status": Scene(only_open, faults=[Fault(operation="dialog", status=503)]),
    "code": Scene(
        only_open, faults=[Fault(operation="generateAuthorizationCode", code="access_not_allowed")]
    ),
    "cut_off": Scene(see_it_fail, faults=[Fault(operation="submit", cut_off=True)]),
    "malformed": Scene(faults=[Fault(operation="viewer.authentications", malformed=True)]),
    "redirect": Scene(
        only_open, faults=[Fault(operation="generateAuthorizationCode", redirect="http://elsewhere.test/")]
    ),
    "delay_s": Scene(see_nothing, faults=[Fault(operation="dialog", delay_s=20)]),
    "probability": Scene(
        see_it_fail, press_again, faults=[Fault(operation="submit", status=500, probability=0.5)]
    ),
    "count": Scene(open_twice, faults=[Fault(operation="dialog", status=503, count=1)]),
}


def scenes() -> dict[str, Scene]:
    """Return every scene, by the name of its picture."""
    of_scenarios = {
        f"scenario-{name}": Scene(_ACTS.get(name, complete), scenarios={"*": name}) for name in scenarios()
    }
    return of_scenarios | {f"fault-{name.replace('_', '-')}": scene for name, scene in _FAULTS.items()}


def in_few_colours(image: QImage) -> QImage:
    """Return a picture with a palette: the most frequent colours, and one of each kind of the rare ones."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("I")).most_common()
    palette = [colour for colour, _ in counted[:_FREQUENT]]
    kinds = {colour & _ALIKE for colour in palette}
    for colour, _ in counted[_FREQUENT:]:
        if colour & _ALIKE not in kinds and len(palette) < _COLOURS:
            kinds.add(colour & _ALIKE)
            palette.append(colour)
    exactly = Qt.ImageConversionFlag.ThresholdDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, palette, exactly)


@contextmanager
def running(application: QApplication, scene: Scene) -> Iterator[Stage]:
    """Give the window of a program whose files and whose stand-in are gone afterwards."""
    with (
        tempfile.TemporaryDirectory() as folder,
        StandIn(scenarios=scene.scenarios, faults=scene.faults, random_seed=_RANDOM_SEED) as stand_in,
    ):
        configuration = Configuration(
            embedded_id=stand_in.embedded_id,
            graphql_url=stand_in.graphql_url,
            rest_url=stand_in.rest_url,
            dialog_url=stand_in.dialog_url,
            master_token=Secret(stand_in.master_token),
            data_dir=Path(folder),
            config_dir=Path(folder),
            color_scheme="light",
        )
        account = app.Account(configuration)
        program = WindowProgram(application, account, configuration, AttemptLimits())
        program.window.notices.remove(program.engine.notice)  # as somebody does who has read it
        program.window.resize(_WIDTH_PX, _HEIGHT_PX)
        program.window.show()
        try:
            yield Stage(program)
        finally:
            program.close()
            account.close()


def take(application: QApplication, name: str, scene: Scene) -> str:
    """Take a picture. Returns what came of the scene."""
    with running(application, scene) as stage:
        scene.act(stage)
        stage.show_first_finding()
        application.processEvents()  # everything gets its place
        image = in_few_colours(stage.window.grab().toImage())
        path = _DOCS / "images" / f"{name}.png"
        if not image.save(str(path), "PNG", 0):  # type: ignore[call-overload]  # Qt takes text; the stubs want bytes
            raise OSError(f"{path} could not be written")
        if stage.outcome is None:
            scene.go_on(stage)
        return stage.facts


def main(names: Sequence[str]) -> int:
    """Take the pictures of these names, or all. Returns 1 if the docs say otherwise of one."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    every = scenes()
    if unknown := set(names) - set(every):
        sys.stderr.write(f"There is no picture {', '.join(sorted(unknown))}; there are {', '.join(every)}.\n")
        return 2
    application = make_application(Configuration(color_scheme="light"))
    text = (_DOCS / "scenarios.md").read_text("utf-8")
    status = 0
    for name in names or every:
        facts = take(application, name, every[name])
        said = next((part for part in text.split("\n### ") if f"images/{name}.png" in part), "")
        is_said = facts in said
        status = status or int(not is_said)
        sys.stdout.write(f"{name}: {facts}{'' if is_said else '  (docs/scenarios.md says otherwise)'}\n")
        sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
