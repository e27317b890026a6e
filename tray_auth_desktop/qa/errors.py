"""What a test is told when the dialog is not as it expected: what was wanted, what there is, and where."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tray_auth_desktop.redaction import redact, redact_url

#: The names of keys, as far as they can be counted.
KEYS = (
    "Enter, Esc, Tab, Space, Backspace, Delete, Insert, Up, Down, Left, Right, Home, End, PgUp, PgDown, "
    "F1 to F12, every letter, digit and sign, and with Shift+, Ctrl+, Alt+ or Meta+ before it"
)


class DialogExpectationError(AssertionError):
    """The dialog has not what a test looked for, or did not do what it waited for."""


def unmet(wanted: str, why: str, look: str) -> DialogExpectationError:
    """Return the error for something that is not on a page.

    Args:
        wanted: What was to be done, without what was typed.
        why: What is missing.
        look: Where the page is and what is on it, as `PageDriver.look` tells it; empty where there is none.
    """
    lines = [f"{wanted}: {redact(why)}."]
    if look:
        lines += map(redact, _described(json.loads(look), address_in(look)))
    return DialogExpectationError("\n".join(lines))


def address_in(look: str) -> str:
    """Return origin and path of the page that was looked at; what may be secret is left out."""
    return redact_url(json.loads(look)["address"])


def _described(seen: Mapping[str, str | list[str]], address: str) -> list[str]:
    lines = [f"  page:    {seen['title'] or '(no title)'}, at {address}"]
    for name in ("fields", "groups", "buttons"):
        names = ", ".join(f'"{one}"' for one in seen[name])
        lines.append(f"  {name + ':':<8} {names or '(none)'}")
    return [*lines, f"  text:    {seen['text'] or '(none)'}"]
