"""How the dialog of a case is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication

from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation, parse_size
from tray_auth_desktop.qa.audit.model import Case


def little_moves(cases: Iterable[Case]) -> bool:
    """Whether all pages of an audit are asked to move little: then the engine does that by itself."""
    return all(case.variation.reduced_motion is not False for case in cases)


def presentation_of(case: Case, *, asks_for_little_motion: bool) -> Presentation:
    """Return how a case is shown.

    Without a screen, pages are light anyway. Not to ask for it saves a page: the one that tells the engine.

    Args:
        case: Which.
        asks_for_little_motion: Whether the engine does not ask for it by itself.
    """
    wanted, variation = ColorScheme(case.color_scheme), case.variation
    is_so_anyway = wanted is ColorScheme.LIGHT and QGuiApplication.platformName() == "offscreen"
    return Presentation(
        embedding=Embedding(case.embedding),
        size=parse_size(case.size),
        color_scheme=ColorScheme.AUTO if is_so_anyway else wanted,
        language=variation.language or "",
        time_zone=variation.time_zone or "",
        user_agent=variation.user_agent or "",
        opener_origin=variation.opener_origin or "",
        reduced_motion=asks_for_little_motion and variation.reduced_motion is not False,
    )
