"""How a dialog is shown to its page: what QA varies from one attempt to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tray_auth_desktop.core.origin import Origin

#: What the sample integrators use (tray-protocol notes §5.5).
POPUP_SIZE = (500, 500)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TIME_ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_SIZE = re.compile(r"(\d{2,5})\s*[x\u00d7]\s*(\d{2,5})", re.IGNORECASE)
_SMALLEST_PX, _LARGEST_PX = 100, 8_000


class Embedding(StrEnum):
    """Where the dialog's page is: in a window of its own, or in an iframe of the opener page."""

    POPUP = "popup"
    IFRAME = "iframe"


class ColorScheme(StrEnum):
    """What the page is told of the person's taste; `AUTO` is what the desktop says."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Presentation:
    """What one attempt's dialog sees. The default is what every attempt outside of tests has.

    Attributes:
        embedding: Popup, or iframe, which Tray allows for hosts on its list only.
        opener_origin: Origin of the page that opens the dialog; empty for the workspace's.
        size: Width and height of the dialog's page in CSS pixels; None for the room there is.
        language: What pages are asked for in and format numbers by, such as `de-DE`; empty: the system's.
        time_zone: A name of the IANA database, such as `Asia/Tokyo`; empty for the system's.
        user_agent: What the browser calls itself; empty for its own name.
        reduced_motion: Whether the page is asked to move little.
        color_scheme: Light or dark.

    Raises:
        ValueError: a value cannot be used; says which and why.
    """

    embedding: Embedding = Embedding.POPUP
    opener_origin: str = ""
    size: tuple[int, int] | None = None
    language: str = ""
    time_zone: str = ""
    user_agent: str = ""
    reduced_motion: bool = False
    color_scheme: ColorScheme = ColorScheme.AUTO

    def __post_init__(self) -> None:
        if self.opener_origin:
            try:
                Origin.parse(self.opener_origin)
            except ValueError:
                raise ValueError(f"The opener origin {self.opener_origin!r} is no web origin.") from None
        if self.size is not None and not all(_SMALLEST_PX <= side <= _LARGEST_PX for side in self.size):
            raise ValueError(f"The size must be between {_SMALLEST_PX} and {_LARGEST_PX} pixels each way.")
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"{self.language!r} is no language, such as de or pt-BR.")
        if self.time_zone and not _TIME_ZONE.fullmatch(self.time_zone):
            raise ValueError(f"{self.time_zone!r} is no time zone, such as Asia/Tokyo.")
        if not self.user_agent.isprintable():
            raise ValueError("The user agent must not hold control characters or line breaks.")

    @property
    def is_default(self) -> bool:
        """Whether nothing is varied."""
        return self == AS_EVER

    def described(self) -> dict[str, str | bool]:
        """Return what differs from the default, by name; for the timeline and for reports."""
        facts: dict[str, str | bool] = {}
        if self.embedding is not Embedding.POPUP:
            facts["embedding"] = self.embedding.value
        if self.size is not None:
            facts["size"] = size_text(self.size)
        for name in ("opener_origin", "language", "time_zone", "user_agent"):
            if value := getattr(self, name):
                facts[name] = value
        if self.reduced_motion:
            facts["reduced_motion"] = True
        if self.color_scheme is not ColorScheme.AUTO:
            facts["color_scheme"] = self.color_scheme.value
        return facts


#: What nobody varies.
AS_EVER = Presentation()


def parse_size(text: str) -> tuple[int, int]:
    """Return a size that is written as `375x667`.

    Raises:
        ValueError: it is written otherwise.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no size, such as 375x667.")
    return int(match[1]), int(match[2])


def size_text(size: tuple[int, int]) -> str:
    """Return a size as `parse_size` reads it."""
    return f"{size[0]}x{size[1]}"
