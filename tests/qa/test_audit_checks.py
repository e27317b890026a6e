"""What the audit finds in a page: pages that a test serves, in the real engine."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme
from PySide6.QtWidgets import QApplication

from tests.conftest import PageServer
from tests.qa.audit_rig import a_case, auditing, put, settings_for
from tray_auth_desktop.qa.audit.model import Result, Step
from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine
AuditPage = Callable[..., Result]
GOOD = "<h1>Connect</h1><form><label for=a>Account</label> <input id=a> <button>Create</button></form>"


@pytest.fixture
def audit_page(qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path) -> AuditPage:
    """Audit a dialog whose page the test gives."""

    def audit(
        body: str, *, page: dict[str, Any] | None = None, attempt_s: float = 30.0, **case: Any
    ) -> Result:
        put(pages, stand_in, body, **(page or {}))
        settings = settings_for(stand_in, tmp_path, pages.origin, attempt_s=attempt_s)
        with auditing(settings) as auditor:
            return auditor.audit(a_case(stand_in, **case))

    return audit


def found(result: Result, check: str) -> dict[str, str]:
    """Return what a check found, by its rule."""
    return {one.rule: one.text for one in result.findings if one.check == check}


def test_a_good_page_passes_with_its_status_and_its_times(audit_page: AuditPage) -> None:
    result = audit_page(GOOD)
    assert (result.status, result.findings, result.http_status) == ("passed", (), 200)
    assert result.usable_ms > 0
    assert 0 < result.loaded_ms <= result.seconds * 1_000
    assert (result.outcome, result.auth_id, result.tries) == ("", "", 1)


@pytest.mark.parametrize("embedding", ["popup", "iframe"])
def test_what_is_hard_to_use_is_found_with_its_place(audit_page: AuditPage, embedding: str) -> None:
    result = audit_page(
        "<h1>Connect</h1><input id=unlabelled><p style='color:#bbb;background:#fff'>Hard to read</p>"
        "<button tabindex=3>Create</button><button id=empty></button>",
        embedding=embedding,
    )
    rules = found(result, "accessibility")
    assert set(rules) >= {"label", "color-contrast", "tabindex", "button-name"}
    assert "#unlabelled" in rules["label"]
    assert "#empty" in rules["button-name"]
    assert "contrast of" in rules["color-contrast"]
    assert result.status == "failed"


def test_what_was_typed_into_the_page_is_in_no_finding(audit_page: AuditPage) -> None:
    result = audit_page("<input value='typed-by-the-page'><button>Create</button>")
    assert "label" in found(result, "accessibility")
    assert "typed-by-the-page" not in repr(result)


def test_controls_that_do_not_fit_are_found(audit_page: AuditPage) -> None:
    result = audit_page(
        GOOD + "<div style='width:200px;overflow:hidden'>"
        "<button style='margin-left:150px;width:90px'>Cut</button></div>"
        "<button style='position:absolute;left:450px;width:120px'>Beyond</button>"
        "<button style='width:40px;overflow:hidden;white-space:nowrap'>A long text that is not seen</button>"
    )
    texts = [one.text for one in result.findings if one.check == "fit"]
    assert any(text.startswith("“Cut” is cut off by <div>") for text in texts), texts
    assert any(text.startswith("“Beyond” reaches from 450") for text in texts), texts
    assert any("does not show its whole text" in text for text in texts), texts
    assert found(result, "fit")["sideways"].endswith("px wider than its window")


def test_what_fits_a_wide_window_may_not_fit_a_narrow_one(audit_page: AuditPage) -> None:
    wide = GOOD.replace("<button>", "<button style='width:600px'>")
    assert audit_page(wide, size="1280x800").status == "passed"
    assert "outside" in found(audit_page(wide, size="375x667"), "fit")


def test_below_a_page_that_cannot_be_scrolled_nothing_is_reached(audit_page: AuditPage) -> None:
    low = GOOD.replace("<button>", "<button style='margin-top:900px'>")
    assert audit_page(low).status == "passed"
    result = audit_page(f"<style>html, body {{ height: 100%; overflow: hidden }}</style>{low}")
    assert "below the page, which cannot be scrolled" in found(result, "fit")["outside"]


def test_errors_of_the_console_are_found_and_other_lines_are_not(audit_page: AuditPage) -> None:
    said = "<script>console.log('fine'); console.warn('so so'); console.error('bad'); none.there</script>"
    texts = [one.text for one in audit_page(GOOD + said).findings if one.check == "console"]
    assert len(texts) == 2
    assert texts[0].startswith("bad (")
    assert "none is not defined" in texts[1]
    assert "code=" not in "".join(texts)


@pytest.mark.parametrize("embedding", ["popup", "iframe"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_asked_for_the_colours_of_the_case(
    audit_page: AuditPage, scheme: str, embedding: str
) -> None:
    asks = "<script>console.error(matchMedia('(prefers-color-scheme: dark)').matches)</script>"
    result = audit_page(GOOD + asks, color_scheme=scheme, embedding=embedding, size="375x667")
    assert found(result, "console")["error"].startswith("true" if scheme == "dark" else "false")


def test_a_page_that_encrypts_and_fetches_without_is_found(
    qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path
) -> None:
    authority = _behind_tls(pages, tmp_path)
    put(pages, stand_in, GOOD + "<script src='http://127.0.0.1:9/plain.js?code=secret'></script>")
    origin = pages.origin.replace("http://127.0.0.1", "https://localhost")
    fields = {"ca_file": str(authority)}
    with auditing(settings_for(stand_in, tmp_path, origin, fields=fields)) as auditor:
        result = auditor.audit(a_case(stand_in))
    rules = found(result, "mixed-content")
    assert rules["plain-http"].startswith("without encryption: http://127.0.0.1:9/plain.js")
    assert "secret" not in repr(result)
    assert "plain-http" not in found(result, "console")


def test_a_page_that_does_not_come_is_said(audit_page: AuditPage) -> None:
    result = audit_page(GOOD, page={"status": 503})
    assert result.status == "failed"
    assert result.findings[0].check == "load"
    assert "503" in result.findings[0].text
    assert result.http_status == 503


def test_a_page_without_anything_to_use_is_said(audit_page: AuditPage) -> None:
    result = audit_page("<p>Loading…</p><button disabled>Create</button>", attempt_s=1)
    assert found(result, "load") == {"never-usable": "after 1 s there is no control that can be used"}


def test_a_page_that_gets_ready_late_is_waited_for(audit_page: AuditPage) -> None:
    late = "setTimeout(() => { document.body.innerHTML += '<button>Create</button>' }, 700)"
    result = audit_page(f"<h1>Connect</h1><script>onload = () => {late}</script>")
    assert result.status == "passed"
    assert result.usable_ms >= 700


def test_a_step_that_cannot_be_taken_says_what_is_there_instead(
    audit_page: AuditPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray_auth_desktop.qa.audit.full_run.STEP_S", 0.5)
    result = audit_page(GOOD, attempt_s=120, steps=(Step(click="Connect"),))
    said = found(result, "run")
    assert 'click "Connect"' in said["step"]
    assert '"Create"' in said["step"]
    assert "outcome" in said
    assert result.outcome == "closed"


def _behind_tls(pages: PageServer, folder: Path) -> Path:
    """Put the page server behind TLS, and return the file of the authority that vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    pages.socket = context.wrap_socket(pages.socket, server_side=True)
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return path
