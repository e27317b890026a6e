"""The tests of an audit: one for each case of its plan. Run by `tray-auth-desktop audit`."""

from __future__ import annotations

import pytest

from tray_auth_desktop.qa.audit.model import Result


def test_dialog(audited: Result) -> None:
    """A dialog passes when nothing that was found is a problem."""
    problems = [one for one in audited.findings if one.severity == "problem"]
    if problems:
        pytest.fail("\n".join(f"{one.check}: {one.text}" for one in problems), pytrace=False)
