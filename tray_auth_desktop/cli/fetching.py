"""Long lists: how far the fetching is, for whoever waits at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

import click

from tray_auth_desktop.core.models import UserPage

#: How long nothing is said, and between one line and the next, in seconds.
_PAUSE_S = 2.0


def told(pages: Iterable[UserPage]) -> Iterator[UserPage]:
    """Yield the pages as they come; where that takes long, say at a terminal how many end users there are."""
    if not sys.stderr.isatty():
        yield from pages
        return
    count, told_at, has_told = 0, time.monotonic(), False
    try:
        for page in pages:
            count += len(page.users)
            if time.monotonic() - told_at >= _PAUSE_S:
                told_at, has_told = time.monotonic(), True
                click.echo(f"\r\x1b[K{count:,} end users so far; Ctrl-C stops.", nl=False, err=True)
            yield page
    finally:
        if has_told:
            click.echo("\r\x1b[K", nl=False, err=True)
