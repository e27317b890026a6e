"""Pictures of dialogs: kept, compared with those of an earlier audit, and their differences drawn."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter, qRgba

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Finding
from tray_auth_desktop.qa.audit.settings import AuditSettings
from tray_auth_desktop.qa.audit.waits import pause

if TYPE_CHECKING:
    from tray_auth_desktop.qa.dialog_session import DialogSession

_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME = 100
_CHANNELS = 4
#: How far a pixel's red, green or blue may be off before it counts as another one.
_STEPS = 24
_COUNTED = bytes(level > _STEPS for level in range(256))
_FADED = 0.25
_RETRY_S = 0.05
#: How often a picture that differs is taken before it counts.
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """How two pictures differ.

    Attributes:
        share: The part of the pixels that differ, from 0 to 1; 1 where the sizes do.
        picture: The first, faded, with what differs in red; None where the sizes do.
    """

    share: float
    picture: QImage | None


def file_name(case_id: str) -> str:
    """Return the name of a case's picture: readable, unlike any other's, the same in each audit."""
    digest = hashlib.sha256(case_id.encode()).hexdigest()[:8]
    return f"{_UNFIT.sub('-', case_id)[:_LONGEST_NAME].strip('-')}-{digest}.png"


def take(session: DialogSession, limit_s: float) -> bytes | None:
    """Return a picture of a dialog as a PNG file; None if nothing of it is to be seen in time.

    A view that has nothing to show yet is of one colour; a page that can be used is not.
    """
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        picture = session.picture()
        png = picture.png() if picture is not None else b""
        if png and not _is_blank(png):
            return png
        pause(_RETRY_S)
    return None


def keep(
    png: bytes, case_id: str, settings: AuditSettings, again: Callable[[], bytes | None]
) -> tuple[dict[str, str], list[Finding]]:
    """Write a picture into the report's folder, and compare it with the baseline if there is one.

    Args:
        png: The picture.
        case_id: Of what.
        settings: Where to, and what to compare with.
        again: Takes another one: what was not drawn to its end is no difference.

    Returns:
        The names of the files below the report's folder, by field of `Result`; and what is to be said.
    """
    folder, name = Path(settings.folder), file_name(case_id)
    baseline = Path(settings.baseline, name) if settings.baseline else None
    found: Difference | None = None
    if baseline is not None and baseline.is_file() and not settings.updates_baseline:
        before = _read(baseline)
        for _ in range(_LOOKS):
            found = difference(before, QImage.fromData(png))
            if found.share <= settings.tolerance:
                break
            pause(_RETRY_S)
            png = again() or png
    _write(folder / "pictures" / name, png)
    facts = {"picture": f"pictures/{name}"}
    if baseline is None:
        return facts, []
    if settings.updates_baseline:
        _write(baseline, png)
        return facts, []
    if found is None:
        return facts, [
            Finding("picture", "no-baseline", "there is no earlier picture to compare with", "note")
        ]
    if found.share <= settings.tolerance:
        return facts, []
    more, finding = _told(found, baseline, folder, settings.tolerance)
    return {**facts, **more}, [finding]


def _told(
    found: Difference, baseline: Path, folder: Path, tolerance: float
) -> tuple[dict[str, str], Finding]:
    """Put the earlier picture and the difference beside the new one, and say what is different."""
    name = baseline.name
    _write(folder / "baseline" / name, baseline.read_bytes())
    facts = {"baseline": f"baseline/{name}"}
    if found.picture is None:
        return facts, Finding("picture", "size", "it is of another size than its baseline")
    (folder / "differences").mkdir(parents=True, exist_ok=True)
    found.picture.save(str(folder / "differences" / name))
    text = f"{found.share:.2%} of the pixels differ from the baseline; {tolerance:.2%} may"
    return {**facts, "difference": f"differences/{name}"}, Finding("picture", "changed", text)


def _write(path: Path, png: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png)


def _read(path: Path) -> QImage:
    image = QImage(str(path))
    if image.isNull():
        raise UsageError(
            f"The picture {path} cannot be read.", advice="Delete it, or make it anew with --update-baseline."
        )
    return image


def _is_blank(png: bytes) -> bool:
    image = QImage.fromData(png).convertToFormat(QImage.Format.Format_RGBX8888)
    levels = bytes(image.constBits())  # they live as long as the image has a name
    return levels == levels[:_CHANNELS] * (len(levels) // _CHANNELS)


def difference(before: QImage, now: QImage) -> Difference:
    """Compare two pictures pixel by pixel."""
    if before.size() != now.size():
        return Difference(1.0, None)
    changed = _changed(before, now)
    count = changed.count(1)
    share = count / len(changed) if changed else 0.0
    return Difference(share, _drawn(now, changed) if count else QImage(now))


def _changed(before: QImage, now: QImage) -> bytes:
    """Return a byte for each pixel: 1 where it is another one."""
    both = before.convertToFormat(QImage.Format.Format_RGBX8888)
    painter = QPainter(both)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, now.convertToFormat(QImage.Format.Format_RGBX8888))
    painter.end()
    levels = bytes(both.constBits()).translate(_COUNTED)
    red, green, blue = (int.from_bytes(levels[channel::_CHANNELS], "big") for channel in range(3))
    return (red | green | blue).to_bytes(both.width() * both.height(), "big")


def _drawn(picture: QImage, changed: bytes) -> QImage:
    """Return a picture, faded, with the pixels in red that have changed."""
    width, height = picture.width(), picture.height()
    marks = QImage(changed, width, height, width, QImage.Format.Format_Indexed8)
    marks.setColorTable([qRgba(0, 0, 0, 0), qRgba(220, 0, 40, 255)])
    drawn = QImage(width, height, QImage.Format.Format_RGB32)
    drawn.fill(0xFFFFFFFF)
    painter = QPainter(drawn)
    painter.setOpacity(_FADED)
    painter.drawImage(0, 0, picture)
    painter.setOpacity(1.0)
    painter.drawImage(0, 0, marks)
    painter.end()
    return drawn
