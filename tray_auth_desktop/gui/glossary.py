"""What the program's words mean, for tool tips and the sheet that F1 opens."""

from __future__ import annotations

from functools import cache

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tray_auth_desktop import assets

_FILE = "glossary.json"
#: What the window calls a thing where it has less room than the glossary.
_SHORT_NAMES = {"scopes": "scope", "authentications": "authentication", "code": "authorization code"}


@cache
def glossary() -> tuple[tuple[str, str], ...]:
    """Return each entry's words as they are written, and what they mean, in the glossary's order."""
    import json  # takes milliseconds, which the window's start need not pay

    entries = json.loads(assets.read_text(_FILE))
    return tuple((", ".join(entry["words"]), entry["meaning"]) for entry in entries)


@cache
def _meanings() -> dict[str, str]:
    return {word.casefold(): meaning for words, meaning in glossary() for word in words.split(", ")}


def explain(term: str) -> str:
    """Return what a term means, as a tool tip.

    Args:
        term: A word of docs/glossary.md, however it is capitalised.

    Raises:
        KeyError: the glossary has no such word.
    """
    word = term.casefold()
    return f"{term}: {_meanings()[_SHORT_NAMES.get(word, word)]}"


def is_explained(term: str) -> bool:
    """Whether the glossary has a word for it."""
    word = term.casefold()
    return _SHORT_NAMES.get(word, word) in _meanings()


def explain_labels(root: QWidget) -> None:
    """Give each label and button that consists of one of the glossary's words its meaning as a tool tip.

    One that has a tool tip already keeps it.
    """
    widgets: list[QLabel | QAbstractButton] = [
        *root.findChildren(QLabel),
        *root.findChildren(QAbstractButton),
    ]
    for widget in widgets:
        term = _term_of(widget)
        if term and not widget.toolTip() and is_explained(term):
            widget.setToolTip(explain(term))


def _term_of(widget: QLabel | QAbstractButton) -> str:
    """Return the text without its mnemonic, its colon and the number in brackets behind it."""
    text = widget.text().replace("&", "").partition(" (")[0]
    return text.rstrip(":").strip()
