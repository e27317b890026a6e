"""The test options beneath the choices: what is varied is said, kept, and handed on with the attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from tests.gui.form_bench import FormStage, left
from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

__all__ = ["left"]


def test_nothing_is_varied_at_first(left: FormStage) -> None:
    options = left.form.choices.presentation_options
    assert options.presentation() is None
    assert options.toggle.text() == "Test o&ptions"


def test_the_title_says_what_is_varied_while_it_is_folded(left: FormStage) -> None:
    options = left.form.choices.presentation_options
    options.toggle.click()
    fields = options.fields
    fields.embedding.setCurrentIndex(1)
    fields.color_scheme.setCurrentIndex(2)
    fields.page_size.setText("375x667")
    fields.reduced_motion.setChecked(True)
    options.toggle.click()
    assert not fields.isVisible()
    assert options.toggle.accessibleName() == "Test options (iframe, 375x667, reduced motion, dark)"
    assert options.toggle.text().startswith("Test o&ptions (iframe, ")
    assert options.presentation() == Presentation(
        Embedding.IFRAME, size=(375, 667), reduced_motion=True, color_scheme=ColorScheme.DARK
    )


def test_however_much_is_varied_the_column_is_no_wider(left: FormStage) -> None:
    options = left.form.choices.presentation_options
    options.toggle.click()
    before = left.form.minimumSizeHint().width()
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) " * 4 + "A&B"
    options.fields.user_agent.setText(agent)
    options.fields.embedding.setCurrentIndex(1)
    assert left.form.minimumSizeHint().width() == before
    assert options.toggle.fontMetrics().horizontalAdvance(options.toggle.text()) < options.width()
    assert options.toggle.toolTip() == f"iframe, {agent.strip()}"
    options.fields.user_agent.setText("A&B")
    assert "(iframe, A&&B)" in options.toggle.text()


def test_a_field_that_cannot_be_used_is_said_and_keeps_the_dialog_shut(left: FormStage) -> None:
    left.choose(service="svc-twilio")
    options = left.form.choices.presentation_options
    options.toggle.click()
    options.fields.time_zone.setText("Mars/Olympus")
    assert "time zone" in options.problem()
    assert left.form.request() is None
    button = next(one for one in left.form.findChildren(QPushButton) if one.text() == "&Open dialog")
    assert not button.isEnabled()
    assert "time zone" in button.accessibleDescription()
    options.fields.reset_button.click()
    assert options.problem() == ""
    assert button.isEnabled()


def test_an_attempt_gets_what_is_wanted_and_the_next_one_too(stage: Stage) -> None:
    stage.choose()
    options = stage.window.parts.form.choices.presentation_options
    stage.window.attempt.open_dialog()
    stage.desk.fail(OutcomeKind.CLOSED, "closed")
    options.fields.embedding.setCurrentIndex(1)
    for _ in range(2):
        stage.window.attempt.open_dialog()
        stage.desk.fail(OutcomeKind.CLOSED, "closed")
    iframe = Presentation(Embedding.IFRAME)
    assert stage.desk.presentations == [None, iframe, iframe]
