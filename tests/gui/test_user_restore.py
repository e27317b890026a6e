"""The end user of last time, and who is chosen when the list is fetched again."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.gui.form_bench import (
    FormClient,
    FormStage,
    left,
    make_form_stage,
)
from tests.gui.user_crowd import CROWD, button_of, crowd_stage
from tray_auth_desktop.core.models import EndUser, UserCriteria
from tray_auth_desktop.errors import NetworkError

__all__ = ["left"]


def test_the_last_user_is_restored_from_a_page_that_is_not_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    stage = make_form_stage(qtbot, tmp_path, FormClient(users_kept=CROWD))
    with qtbot.waitSignal(stage.form.user_chosen) as chosen:
        stage.form.restore("id-00333")
    assert chosen.args == ["id-00333"]
    stage.catalog.load_users()
    stage.until(lambda: "page 0" in stage.client.calls and stage.form.user_picker.is_loaded)
    assert stage.form.user_picker.field.text() == "Person 00333"
    stage.until(lambda: stage.form.user_picker.state_text == "ext-00333")
    assert stage.form.subject.user == "Person 00333"


def test_restoring_does_not_replace_who_was_chosen_meanwhile(left: FormStage) -> None:
    left.load()
    left.form.user_picker.choose("user-2")
    left.form.restore("user-1")
    assert left.form.user_picker.key == "user-2"


def test_a_last_user_that_is_gone_is_said(left: FormStage) -> None:
    left.load()
    left.form.restore("was-deleted")
    left.until(lambda: "was-deleted does not exist any more" in left.form.user_picker.state_text)
    assert left.form.user_picker.key == ""
    left.form.user_picker.choose("user-1")
    assert left.form.user_picker.state_text == "dunder-001"


def test_a_last_user_that_could_not_be_fetched_can_be_retried(left: FormStage) -> None:
    left.client.failing["one"] = NetworkError("Not reached.", advice="Check it.")
    left.load()
    left.client.users_kept = (*left.client.users_kept, EndUser("late", "Late Comer"))
    left.form.restore("late")
    left.until(lambda: "could not be fetched. Not reached." in left.form.user_picker.state_text)
    left.client.failing.clear()
    button_of(left.form.user_picker, "Retry").click()
    left.until(lambda: left.form.user_picker.key == "late")


def test_a_last_user_comes_with_a_list_that_is_fetched_again(left: FormStage) -> None:
    left.client.failing["one"] = NetworkError("No master token is set.", advice="Enter it.")
    left.load()
    left.client.users_kept = (*left.client.users_kept, EndUser("late", "Late Comer"))
    left.form.restore("late")
    left.until(lambda: "could not be fetched" in left.form.user_picker.state_text)
    left.client.failing.clear()
    left.catalog.load_users()
    left.until(lambda: left.form.user_picker.key == "late")
    assert "could not be fetched" not in left.form.user_picker.state_text


def test_a_reload_keeps_who_is_chosen_and_says_if_it_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    picker.choose("id-00222")
    stage.until(lambda: picker.key == "id-00222")
    stage.catalog.load_users()
    stage.until(lambda: picker.is_loaded and UserCriteria(user_id="id-00222") in stage.client.searches[1:])
    assert picker.key == "id-00222"
    stage.client.users_kept = CROWD[:222]
    stage.catalog.load_users()
    stage.until(lambda: picker.state_text.startswith("No longer in the list"))
    assert picker.key == "id-00222"


def test_who_could_not_be_fetched_is_asked_for_again_with_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    picker.choose("id-00222")
    stage.until(lambda: picker.key == "id-00222")
    stage.client.failing["one"] = NetworkError("Not reached.")
    stage.catalog.load_users()
    stage.until(lambda: "could not be fetched" in picker.state_text)
    assert picker.key == "id-00222"
    stage.client.failing.clear()
    stage.catalog.load_users()
    stage.until(lambda: stage.catalog.users.find("id-00222") is not None)
    assert picker.key == "id-00222"
