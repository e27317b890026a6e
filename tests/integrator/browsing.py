"""What a person does at a browser, whichever browser it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

LIMIT_S = 60


@dataclass(frozen=True)
class Where:
    """A place in the browser.

    Args:
        window: how many of the windows that are open now were opened before this one.
        frame: the name of a frame in it; None for the window's own page.
    """

    window: int
    frame: str | None = None


APPLICATION = Where(0)
DIALOG_WINDOW = Where(1)
DIALOG_FRAME = Where(0, "dialog")


class Browser(Protocol):
    """A browser with one window, and those that pages open."""

    def visit(self, address: str) -> None:
        """Show a page in the first window."""

    def fill(self, where: Where, label: str, value: str) -> None:
        """Fill the field with that label, or choose in it, as soon as it is there."""

    def press(self, where: Where, text: str) -> None:
        """Press the button with that text, as soon as it is there."""

    def wait_for(self, where: Where, element_id: str, pattern: str) -> re.Match[str]:
        """Wait until the element's text begins with `pattern`; return the match."""

    def wait_for_windows(self, count: int) -> None:
        """Wait until so many windows are open."""

    def close(self, where: Where) -> None:
        """Close a window by its frame's own button."""

    def wait_for_console(self, pattern: str) -> None:
        """Wait until the console of the first window has a line with `pattern` in it."""


def make_twilio(browser: Browser, where: Where) -> None:
    """Fill in what Twilio's dialog asks for."""
    browser.fill(where, "Account SID", "AC0123")
    browser.fill(where, "Auth Token", "anything")
    browser.press(where, "Create")
