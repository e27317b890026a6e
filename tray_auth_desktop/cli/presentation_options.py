"""The flags that say how a dialog is shown to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation, parse_size
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.time_zones import check_time_zone

Command = TypeVar("Command", bound=Callable[..., Any])
_FLAGS = (
    click.option(
        "--embedding",
        type=click.Choice([kind.value for kind in Embedding]),
        default=Embedding.POPUP.value,
        help="Open the dialog in a popup, or in an iframe of the opener page. [default: popup]",
    ),
    click.option("--size", metavar="WxH", help="Size of the dialog's page in pixels, such as 375x667."),
    click.option("--language", help="Language that the page is asked for in, such as de-DE."),
    click.option("--time-zone", help="Time zone that the page sees, such as Asia/Tokyo."),
    click.option("--user-agent", help="What the browser calls itself."),
    click.option("--reduced-motion", is_flag=True, help="Ask the page to move little."),
    click.option(
        "--prefers-color-scheme",
        type=click.Choice([scheme.value for scheme in ColorScheme]),
        default=ColorScheme.AUTO.value,
        help="Ask the page for light or dark colours. [default: auto]",
    ),
)


def presentation_options(command: Command) -> Command:
    """Add the test options of a dialog."""
    for option in reversed(_FLAGS):
        command = option(command)
    return command


def presentation_of(values: dict[str, Any]) -> Presentation:
    """Take the flags out of what was given.

    Raises:
        UsageError: one of them cannot be used.
    """
    size, time_zone = values.pop("size"), values.pop("time_zone") or ""
    try:
        check_time_zone(time_zone)
        return Presentation(
            embedding=Embedding(values.pop("embedding")),
            size=parse_size(size) if size else None,
            language=values.pop("language") or "",
            time_zone=time_zone,
            user_agent=values.pop("user_agent") or "",
            reduced_motion=values.pop("reduced_motion"),
            color_scheme=ColorScheme(values.pop("prefers_color_scheme")),
        )
    except ValueError as error:
        raise UsageError(str(error), advice="See create --help for the test options.") from error
