"""Whether an SVG from outside can be drawn without reaching beyond itself or taking for ever."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QXmlStreamReader

_MAX_ELEMENTS = 4_000
_MAX_DEPTH = 64
#: Elements that draw others again; a few of them, one in the other, draw millions.
_REPEATING = {"use": 12, "pattern": 8, "mask": 8, "marker": 8, "filter": 8}
_NEVER = {"script", "foreignObject", "animate", "set", "animateTransform", "animateMotion"}
#: What reaches out of a style or an attribute, and dashes, which can be billions.
_REACHES_OUT = re.compile(r"@import|url\((?!\s*['\"]?#)|stroke-dasharray\s*:", re.IGNORECASE)
_Token = QXmlStreamReader.TokenType


def is_harmless(text: str, is_picture: Callable[[str], bool]) -> bool:
    """Look through all elements once.

    Args:
        text: The whole file.
        is_picture: Whether a reference that leads out of the file holds a sensible picture itself.
    """
    reader = QXmlStreamReader(text)
    counts: dict[str, int] = {}
    elements = depth = 0
    while not reader.atEnd():
        token = reader.readNext()
        if token == _Token.StartElement:
            elements, depth = elements + 1, depth + 1
            name = reader.name()
            counts[name] = counts.get(name, 0) + 1
            is_too_much = elements > _MAX_ELEMENTS or depth > _MAX_DEPTH
            if is_too_much or name in _NEVER or counts[name] > _REPEATING.get(name, _MAX_ELEMENTS):
                return False
            if (elements == 1 and name != "svg") or not _keeps_to_itself(reader, is_picture):
                return False
        elif token == _Token.EndElement:
            depth -= 1
        elif _is_trap(token, reader):
            return False
    return not reader.hasError() and elements > 0


def _is_trap(token: _Token, reader: QXmlStreamReader) -> bool:
    """Whether a part that is no element makes texts of its own, or fetches a style."""
    if token == _Token.DTD:
        return bool(reader.entityDeclarations())
    return token == _Token.Characters and _REACHES_OUT.search(reader.text()) is not None


def _keeps_to_itself(reader: QXmlStreamReader, is_picture: Callable[[str], bool]) -> bool:
    attributes = reader.attributes()
    for attribute in (attributes.at(number) for number in range(attributes.size())):
        value = attribute.value().strip()
        if attribute.name() == "href" and not value.startswith("#") and not is_picture(value):
            return False
        if attribute.name() == "stroke-dasharray" and value not in ("", "none"):
            return False
        if _REACHES_OUT.search(value):
            return False
    return True
