"""The page of workspaces for everyone: names, keyboard, large letters, right to left; the question."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.workspace_stage import BOOK, TOKEN, Stage, backend, empty
from tests.workspaces.memory_vault import MemoryVault
from tray_auth_desktop.gui.token_question import TokenQuestion
from tray_auth_desktop.secrets import Secret

__all__ = ["backend", "empty"]


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, backend: MemoryVault) -> Stage:
    made = Stage(tmp_path, qtbot, BOOK)
    made.page.form.hosts.set_open(True)
    with qtbot.waitSignal(made.page.panel.ended):
        made.page.editor.test_button.click()
    return made


def focusable(root: QWidget) -> list[QWidget]:
    """Return what the keyboard should reach."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.focusProxy() is None
    ]


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QPushButton) else "")


@pytest.mark.parametrize("which", ["stage", "empty"])
def test_everything_has_a_name_and_the_keyboard_reaches_it(
    which: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(which).page
    wanted = focusable(page)
    assert len(wanted) > 3
    assert [type(widget).__name__ for widget in wanted if not name_of(widget)] == []
    page.list.view.setFocus()
    reached: set[QWidget] = set()
    for _ in range(len(wanted) + 10):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert [name_of(widget) for widget in wanted if widget not in reached] == []


def cut_texts(page: QWidget) -> list[str]:
    """Return the texts that have less room than they need."""
    buttons = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    labels = [label for label in page.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    fields = [line for line in page.findChildren(QLineEdit) if line.isVisible()]
    return [
        *(b.text() for b in buttons if b.width() < b.minimumSizeHint().width()),
        *(x.text() for x in labels if x.height() < x.heightForWidth(x.width())),
        *(name_of(line) for line in fields if line.height() < line.minimumSizeHint().height()),
    ]


def assert_nothing_is_cut(page: QWidget, qtbot: QtBot) -> None:
    def nothing_is_cut() -> None:
        assert cut_texts(page) == []

    page.grab()
    # what wraps tells its layout the height it needs when it has its width: some turns of the event loop
    qtbot.waitUntil(nothing_is_cut)


def assert_nothing_overlaps(page: QWidget) -> None:
    parts = [page.form.name, page.form.region, page.form.embedded_id, page.form.token, page.form.hosts]  # type: ignore[attr-defined]  # a WorkspacesPage
    places = [part.geometry() for part in parts]
    for one, other in itertools.pairwise(places):
        assert not QRect(one).intersects(other)


@pytest.mark.parametrize("which", ["stage", "empty"])
def test_large_letters_on_a_small_screen(
    large_letters: None, which: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(which).page
    page.resize(1024, 640)
    assert_nothing_is_cut(page, request.getfixturevalue("qtbot"))
    assert_nothing_overlaps(page)
    assert page.width() == 1024


@pytest.mark.parametrize("which", ["stage", "empty"])
def test_right_to_left(right_to_left: None, which: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(which).page
    assert_nothing_is_cut(page, request.getfixturevalue("qtbot"))
    assert page.list.mapTo(page, page.list.rect().center()).x() > page.width() / 2


# The question.


def test_the_question_gives_what_was_typed_and_forgets_it(qtbot: QtBot) -> None:
    question = TokenQuestion("acme", vault="the macOS Keychain")
    qtbot.addWidget(question)
    given: list[tuple[Secret, bool]] = []
    question.given.connect(lambda token, keep: given.append((token, keep)))
    question.open()
    assert question.token.field.echoMode() is QLineEdit.EchoMode.Password
    assert not question.use_button.isEnabled()
    QTest.keyClicks(question.token.field, "two words")
    assert not question.use_button.isEnabled()
    assert "two words" not in question.token.line_text
    question.token.field.setText(f"  {TOKEN}\n")
    QTest.keyClick(question.token.field, Qt.Key.Key_Return)
    assert given == [(Secret(TOKEN), True)]
    assert question.token.text == ""
    assert not question.isVisible()


def test_without_a_vault_nothing_is_kept(qtbot: QtBot) -> None:
    question = TokenQuestion("acme")
    qtbot.addWidget(question)
    given: list[bool] = []
    question.given.connect(lambda _token, keep: given.append(keep))
    question.open()
    assert not question.keep.isVisible()
    assert "no vault" in " ".join(label.text() for label in question.findChildren(QLabel))
    question.token.field.setText(TOKEN)
    question.use_button.click()
    assert given == [False]


def test_the_question_can_be_left(qtbot: QtBot) -> None:
    question = TokenQuestion("acme")
    qtbot.addWidget(question)
    question.open()
    with qtbot.waitSignal(question.rejected):
        QTest.keyClick(question, Qt.Key.Key_Escape)
    assert [name_of(widget) for widget in focusable(question) if not name_of(widget)] == []
