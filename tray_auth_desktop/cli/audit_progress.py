"""How far an audit is: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from tray_auth_desktop.cli.table import one_line
from tray_auth_desktop.core.counts import counted

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.model import Result

_WIDTH = 24
#: Where there is no terminal, a line after each such part of the work.
_PART = 0.1


class Progress:
    """Shows progress on stderr."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._total = self._done = self._failed = self._here = self._told = 0
        self._started_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._is_terminal and self._total:
            click.echo(err=True)

    def begin(self, total: int, done: int) -> None:
        """Say how much there is to do, and how much of it is done already."""
        self._total, self._done, self._told = total, done, done
        self._started_at = time.monotonic()
        already = f", {done} of them done already" if done else ""
        click.echo(f"{counted(total, 'dialog')}{already}.", err=True)

    def took(self, result: Result) -> None:
        """One more is done."""
        self._done += 1
        self._here += 1
        if result.status == "failed":
            self._failed += 1
            problem = next(one for one in result.findings if one.severity == "problem")
            self._line(one_line(f"failed: {result.id}: {problem.check}: {problem.text}"))
        if self._is_terminal:
            click.echo(f"\r\x1b[K{self._text()}", nl=False, err=True)
        elif self._done == self._total or self._done - self._told >= self._total * _PART:
            self._told = self._done
            click.echo(self._text(), err=True)

    def _line(self, text: str) -> None:
        click.echo(f"\r\x1b[K{text}" if self._is_terminal else text, err=True)

    def _text(self) -> str:
        rate = self._here / max(time.monotonic() - self._started_at, 0.001)
        filled = round(_WIDTH * self._done / self._total)
        left_s = round((self._total - self._done) / rate)
        bar = f"[{'#' * filled}{'.' * (_WIDTH - filled)}]"
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{bar} {self._done} of {self._total}{failed}, {rate:.1f} a second, {left_s} s left"
