"""Chromium as it is installed on this computer, without its window."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.integrator.browsing import LIMIT_S, Where

_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Chromium:
    """A person at Chromium.

    Args:
        context: one of Playwright's browser contexts, whose pages are this person's windows.
    """

    def __init__(self, context: Any) -> None:
        self._context = context
        self._first = context.new_page()
        self._said: list[str] = []
        self._first.on("console", lambda line: self._said.append(line.text))

    def visit(self, address: str) -> None:
        self._first.goto(address)

    def fill(self, where: Where, label: str, value: str) -> None:
        # A field's hint and the mark of what is required are part of its label.
        place = self._in(where)
        field = place.get_by_label(re.compile(f"^{re.escape(label)}")).and_(place.locator("input, select"))
        if field.evaluate("field => field.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)

    def press(self, where: Where, text: str) -> None:
        button = self._in(where).get_by_role("button", name=text, exact=True)
        button.wait_for()
        # Before the page's own scripts have run, a pressed button does what no person would see it do.
        self._frame(where).wait_for_load_state("load")
        button.click()

    def wait_for(self, where: Where, element_id: str, pattern: str) -> re.Match[str]:
        element = self._in(where).locator(f"#{element_id}")
        found = self._until(lambda: re.match(pattern, element.text_content() or ""), element_id)
        assert isinstance(found, re.Match)
        return found

    def wait_for_windows(self, count: int) -> None:
        self._until(lambda: len(self._context.pages) == count, f"{count} windows")

    def close(self, where: Where) -> None:
        self._window(where.window).close()

    def wait_for_console(self, pattern: str) -> None:
        self._until(lambda: any(re.search(pattern, line) for line in self._said), pattern)

    def _in(self, where: Where) -> Any:
        window = self._window(where.window)
        return window if where.frame is None else window.frame_locator(f"iframe[name={where.frame}]")

    def _frame(self, where: Where) -> Any:
        window = self._window(where.window)
        return window.main_frame if where.frame is None else window.frame(name=where.frame)

    def _window(self, number: int) -> Any:
        self._until(lambda: len(self._context.pages) > number, f"window {number}")
        return self._context.pages[number]

    def _until(self, holds: Callable[[], object], what: str) -> object:
        for _ in range(LIMIT_S * 20):
            if found := holds():
                return found
            self._first.wait_for_timeout(50)  # lets what happens in the browser arrive
        raise AssertionError(f"not within {LIMIT_S} s: {what}; the console: {self._said}")


@contextmanager
def running_chromium() -> Iterator[Any]:
    """Start Chromium; skip the test where there is none, or nothing to drive it with."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is absent, which drives it")
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip(f"no Chromium is installed: none of {', '.join(_NAMES)} is a command")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            chromium_sandbox=not (hasattr(os, "geteuid") and os.geteuid() == 0),
            # A window opened outside of a click is blocked, as it is for everybody.
            ignore_default_args=["--disable-popup-blocking"],
            timeout=LIMIT_S * 1_000,
        )
        yield browser
        browser.close()


@contextmanager
def person_at(browser: Any) -> Iterator[Chromium]:
    """Sit a person with no history down at a running Chromium."""
    context = browser.new_context()
    context.set_default_timeout(LIMIT_S * 1_000)
    yield Chromium(context)
    context.close()
