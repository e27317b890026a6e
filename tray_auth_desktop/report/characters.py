"""Characters that steer how text is shown, or hide in it: what a page said may hold any of them."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

#: Control and format characters, halves of others, and separators of lines and paragraphs.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: Among these, what text is written with: breaks, tabs, hyphens, and what joins or parts letters and emoji.
_HARMLESS = frozenset("\n\t\r\u00ad\u200c\u200d")
_REPLACEMENT = "\ufffd"


def visible(text: str) -> str:
    """Return text for people, in which each character that would steer its display is seen as �."""
    return "".join(_REPLACEMENT if _is_steering(one) else one for one in text)


def plain_json(value: Any) -> str:
    """Return JSON of the same value, in which such characters are escapes: they are seen, not obeyed."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(json.dumps(one)[1:-1] if _is_steering(one) else one for one in text)


def _is_steering(character: str) -> bool:
    return character not in _HARMLESS and unicodedata.category(character) in _STEERING
