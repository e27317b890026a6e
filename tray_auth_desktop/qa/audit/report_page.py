"""An audit as one HTML file that needs nothing else: pictures are inside of it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tray_auth_desktop import assets
from tray_auth_desktop.qa.audit.model import CHECKS, Result

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.report import Report

_PICTURES = (("Now", "picture"), ("Baseline", "baseline"), ("Difference", "difference"))
#: What one can filter by: the field of a result, and what it is called.
_FILTERS = (
    ("service", "Service"),
    ("embedding", "Embedding"),
    ("size", "Size"),
    ("color_scheme", "Colours"),
    ("status", "Status"),
)


def report_page(report: Report, folder: Path) -> str:
    """Return the page of a report whose pictures are in a folder."""
    from jinja2 import Environment

    style, script = assets.read_text("qa/report.css"), assets.read_text("qa/report.js")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        assets.read_text("qa/report.html")
    )
    return template.render(
        report=report,
        rows=[(result, _pictures_of(result, folder)) for result in report.results],
        filters=[(name, label, _values(report, name)) for name, label in _FILTERS],
        checks=_checks(report),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _values(report: Report, name: str) -> list[str]:
    return list(dict.fromkeys(str(getattr(result, name)) for result in report.results))


def _checks(report: Report) -> list[tuple[str, int]]:
    """Return in how many cases each check has found a problem."""
    counted: Counter[str] = Counter()
    for result in report.results:
        counted.update({one.check for one in result.findings if one.severity == "problem"})
    return [(check, counted[check]) for check in CHECKS]


def _pictures_of(result: Result, folder: Path) -> list[tuple[str, str]]:
    """Return the pictures of a case, each with what it is and as an address that holds it."""
    shown = []
    for label, name in _PICTURES:
        file = getattr(result, name)
        if file and (folder / file).is_file():
            data = b64encode((folder / file).read_bytes()).decode()
            shown.append((label, f"data:image/png;base64,{data}"))
    return shown


def _hash(source: str) -> str:
    """Return what a Content-Security-Policy lets a source in by: nothing else is run in the page."""
    return f"sha256-{b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
