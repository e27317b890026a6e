"""The words of the window: one source for tool tips, sheet and documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tray_auth_desktop.gui.glossary import explain, explain_labels, glossary, is_explained

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

PAGE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def test_it_says_what_the_documentation_says() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:3]] for line in lines[1:]]
    documented = [(word, meaning.replace("`", "")) for word, meaning in cells]
    assert list(glossary()) == documented


@pytest.mark.parametrize(
    "term",
    ["End user", "Service", "Environment", "Scopes", "authId", "confirmed", "Workspace", "Embedded ID",
     "master token", "opener", "Region", "Timeline", "Authentications", "external user id"],
)  # fmt: skip
def test_what_the_window_says_is_explained(term: str) -> None:
    assert explain(term).startswith(f"{term}: ")
    assert len(explain(term)) > len(term) + 20


def test_a_word_that_is_not_there_is_an_error() -> None:
    assert not is_explained("wizard")
    with pytest.raises(KeyError):
        explain("wizard")


def test_labels_get_their_meaning_and_keep_a_tip_of_their_own(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    texts = ("End &user", "Authentications (4)", "Region:", "Something else")
    labels = [QLabel(text, root) for text in texts]
    labels[2].setToolTip("Where the account is")
    for label in labels:
        layout.addWidget(label)
    explain_labels(root)
    tips = [label.toolTip().partition(":")[0] for label in labels]
    assert tips == ["End user", "Authentications", "Where the account is", ""]


def test_the_labels_of_the_window_have_tips_once_it_loads(stage: Stage) -> None:
    stage.window.load()
    tips = {label.toolTip().partition(":")[0] for label in stage.window.findChildren(QLabel)}
    assert {"End user", "Service", "Environment", "Scopes", "Authentications"} <= tips
