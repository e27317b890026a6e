"""Looks at one page: what it says on its console, fetches, shows, and how accessible it is."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tray_auth_desktop.core.timeline import EventKind
from tray_auth_desktop.qa.audit.model import Finding
from tray_auth_desktop.qa.audit.scripts import axe_source, call
from tray_auth_desktop.qa.audit.waits import pause
from tray_auth_desktop.redaction import redact, redact_url

if TYPE_CHECKING:
    from tray_auth_desktop.qa.dialog_session import DialogSession

#: Labels, contrast, names, languages: what WCAG 2.1 asks for on levels A and AA.
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
#: The order of the keyboard's focus is best practice, and so not among them.
_RULES = ("tabindex", "focus-order-semantics", "label-title-only")
_MIXED = "Mixed Content"
_FIT = {"slackPx": 1, "most": 20}
_AXE = {"tags": _TAGS, "rules": _RULES, "maxChars": 300}
_RETRY_S = 0.02


def look_when_usable(session: DialogSession, limit_s: float) -> dict[str, Any] | None:
    """Wait until a page has a control that can be used, and look at it; None if it never has one."""
    source = call("page_check.js", _FIT)
    return _poll(session, source, limit_s)


def fit_findings(seen: dict[str, Any]) -> Iterator[Finding]:
    """Yield what does not fit into the page."""
    for one in seen["fit"]:
        yield Finding("fit", one["rule"], redact(one["text"]))


def mixed_findings(seen: dict[str, Any]) -> Iterator[Finding]:
    """Yield what a page that is encrypted fetches without encryption."""
    for url in seen["mixed"]:
        yield Finding("mixed-content", "plain-http", f"without encryption: {redact_url(url)}")


def console_findings(session: DialogSession) -> Iterator[Finding]:
    """Yield the errors that a page's console has; those of mixed content count as that."""
    for event in session.timeline:
        seen = event.observation
        if seen.kind is EventKind.CONSOLE and seen.is_problem:
            is_mixed = seen.text.startswith(_MIXED)
            source, line = seen.details.get("source"), seen.details.get("line")
            where = f" ({source}:{line})" if source else ""
            check, rule = ("mixed-content", "refused") if is_mixed else ("console", "error")
            yield Finding(check, rule, seen.text + where)


def accessibility_findings(session: DialogSession, limit_s: float) -> Iterator[Finding]:
    """Yield what axe-core finds in the page.

    Raises:
        UsageError: axe-core is not installed.
    """
    # what the script leaves behind is "", as a page would without it: so the answer is asked for at once
    session.evaluate(f"{axe_source()}\n{call('axe_run.js', _AXE)}")
    told = _poll(session, "globalThis.trayAudit", limit_s)
    if told is None or "failed" in told:
        why = told["failed"] if told else f"no answer within {limit_s:g} s"
        yield Finding("accessibility", "axe-failed", f"axe-core could not look at the page: {redact(why)}")
        return
    for one in told["violations"]:
        more = f" and {one['count'] - 1} more" if one["count"] > 1 else ""
        yield Finding(
            "accessibility", one["rule"], f"{one['help']}: {one['where']}{more}. {redact(one['why'])}"
        )
    if told["undecided"]:
        text = f"{told['undecided']} rules could not be decided by axe-core {told['version']}"
        yield Finding("accessibility", "undecided", text, "note")


def _poll(session: DialogSession, source: str, limit_s: float) -> dict[str, Any] | None:
    """Ask a page until it has an answer, as JSON text; None if it has none in time."""
    until = time.monotonic() + limit_s
    while True:
        answer = session.evaluate(source)
        if isinstance(answer, str) and answer:
            found: dict[str, Any] = json.loads(answer)
            return found
        if time.monotonic() >= until:
            return None
        pause(_RETRY_S)
