"""Choices that were used before are brought back by one action."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.form_bench import FormStage, left
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.onboarding.recents import RecentChoice, Recents

__all__ = ["left"]


def menu_of(stage: FormStage) -> QMenu:
    stage.form.recent_button.open_menu()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def used(stage: FormStage, path: Path) -> Recents:
    recents = Recents(path)
    stage.form.use_recents(recents, "Acme")
    return recents


def test_a_choice_is_recalled_with_version_environment_and_scopes(left: FormStage, tmp_path: Path) -> None:
    recents = used(left, tmp_path / "recent.json")
    left.choose(service="svc-slack-3")
    left.until(lambda: left.form.environment_picker.key == "env-slack-3")
    left.form.scope_picker.check_all(("bot", "free:one"))
    left.form.remember()
    left.until(lambda: len(left.form.recent_button.choices) == 1)
    assert recents.of("Acme")[0].label == "Slack v3 — Production"
    left.form.service_picker.choose("svc-twilio")
    left.form.scope_picker.set_scopes(())
    left.form.user_picker.choose("user-2")
    menu = menu_of(left)
    assert "Slack v3 — Production · bot, free:one" in menu.actions()[0].text()
    menu.actions()[0].trigger()
    menu.close()
    left.until(lambda: left.form.request() is not None)
    left.until(
        lambda: (
            left.form.request()
            == DialogRequest(
                "user-2", "svc-slack-3", "env-slack-3", ("bot", "free:one"), service_name="slack"
            )
        )
    )


def test_choices_of_an_earlier_program_are_offered(left: FormStage, tmp_path: Path) -> None:
    path = tmp_path / "recent.json"
    Recents(path).add("Acme", RecentChoice("svc-salesforce", "env-sf-3", ("api",)))
    Recents(path).add("Other", RecentChoice("x", "y"))
    used(left, path)
    left.until(lambda: len(left.form.recent_button.choices) == 1)
    menu_of(left).actions()[0].trigger()
    left.catalog.load_services()
    left.until(lambda: left.form.environment_picker.key == "env-sf-3")
    assert left.form.scope_picker.scopes() == ("api",)


def test_what_does_not_exist_any_more_is_said(left: FormStage) -> None:
    left.load()
    left.form.recall(RecentChoice("svc-gone", "env", service_label="Old CRM"))
    assert "“Old CRM” (svc-gone) is not offered any more" in left.form.service_picker.state_text


def test_an_empty_menu_says_how_something_comes_there(left: FormStage, tmp_path: Path) -> None:
    used(left, tmp_path / "recent.json")
    (only,) = menu_of(left).actions()
    assert not only.isEnabled()
    assert "appears here" in only.text()


def test_an_incomplete_choice_is_not_remembered(left: FormStage, tmp_path: Path) -> None:
    recents = used(left, tmp_path / "recent.json")
    left.load()
    left.form.remember()
    left.form.user_picker.choose("user-1")
    left.form.extras.is_solution.setChecked(True)
    left.form.solution.set_ids("inst", "external_x")
    assert left.form.request() is not None
    left.form.remember()
    assert recents.of("Acme") == ()
