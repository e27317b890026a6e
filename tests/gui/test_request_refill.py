"""A request is filled in from what was asked for before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from tests.gui.form_bench import FormStage, left
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.onboarding.recents import Recents

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

__all__ = ["left"]


def test_a_request_can_be_filled_in_before_anything_is_loaded(left: FormStage) -> None:
    request = DialogRequest("user-3", "svc-slack-3", "env-slack-3", ("bot", "free:one"), service_name="slack")
    left.form.fill(request, Subject("Angela Martin", "Slack", "Production"))
    left.catalog.load_services()
    left.catalog.load_users()
    left.until(lambda: left.form.request() == request)
    assert left.form.subject.user == "Angela Martin"


def test_a_request_can_be_filled_in_over_another_choice(left: FormStage) -> None:
    left.choose(service="svc-slack")
    left.form.scope_picker.check("chat:write")
    request = DialogRequest("user-2", "svc-slack", "env-slack", ("channels:read",), service_name="slack")
    left.form.fill(request, Subject())
    left.until(lambda: left.form.request() == request)


def test_what_does_not_exist_any_more_is_said(left: FormStage) -> None:
    left.load()
    left.form.fill(
        DialogRequest("gone-1", "svc-gone", "env-gone"), Subject("Old Friend", "Old CRM", "Sandbox")
    )
    left.until(lambda: "does not exist any more" in left.form.user_picker.state_text)
    assert "“Old Friend” (gone-1)" in left.form.user_picker.state_text
    assert "“Old CRM” (svc-gone) is not offered any more" in left.form.service_picker.state_text
    left.form.fill(DialogRequest("user-1", "svc-slack", "env-gone"), Subject("", "Slack", "Sandbox"))
    left.until(lambda: "“Sandbox” (env-gone)" in left.form.environment_picker.state_text)
    assert left.form.request() is None


def test_a_choice_of_the_person_ends_what_was_to_be_filled_in(left: FormStage) -> None:
    left.load()
    left.form.fill(DialogRequest("user-1", "svc-slack", "env-gone"), Subject())
    left.until(lambda: "env-gone" in left.form.environment_picker.state_text)
    left.form.service_picker.choose("svc-twilio")
    left.until(lambda: left.form.request() is not None)
    assert left.form.environment_picker.key == "env-twilio"


def test_a_solution_and_its_parameters_can_be_filled_in(left: FormStage) -> None:
    left.load()
    request = DialogRequest(
        "user-1",
        kind=DialogKind.SOLUTION,
        solution_instance_id="inst-1",
        external_auth_id="external_x",
        extra_parameters=(("a", "b"),),
    )
    left.form.fill(request, None)
    left.until(lambda: left.form.request() == request)
    left.form.fill(DialogRequest("user-1", "svc-twilio", "env-twilio", service_name="twilio"))
    left.until(
        lambda: (
            left.form.request() == DialogRequest("user-1", "svc-twilio", "env-twilio", service_name="twilio")
        )
    )


# In the window.


def test_the_window_remembers_what_a_dialog_was_opened_for(
    stage: Stage, tmp_path: Path, qtbot: QtBot
) -> None:
    recents = Recents(tmp_path / "recent.json")
    form = stage.window.parts.form
    form.use_recents(recents, "Acme")
    stage.choose()
    stage.window.attempt.open_dialog()
    qtbot.waitUntil(lambda: len(form.recent_button.choices) == 1)
    assert recents.of("Acme")[0].service_environment_id == "env-slack"


def test_the_centre_says_what_has_to_be_changed(stage: Stage) -> None:
    stage.choose()
    guide = stage.window.parts.centre.guide
    assert guide.title == "Ready to open the dialog"
    stage.window.parts.form.extras.parameters.set_parameters((("code", "x"),))
    assert guide.title == "Something has to be changed first"
    assert "“code”" in guide.text
    stage.window.parts.form.extras.parameters.set_parameters(())
    stage.window.parts.form.extras.is_solution.setChecked(True)
    stage.window.parts.form.solution.set_ids("inst-1", "external_x")
    assert guide.text.startswith("Michael Scott authenticates with external_x.")
