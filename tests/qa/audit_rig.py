"""What tests of the audit share: pages that are audited in this process, on the stand-in's API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import Page, PageServer
from tray_auth_desktop.qa.audit.auditor import Auditor
from tray_auth_desktop.qa.audit.model import Case
from tray_auth_desktop.qa.audit.settings import AuditSettings, Target
from tray_auth_desktop.standin import StandIn


def a_case(stand_in: StandIn, **changes: Any) -> Case:
    """Return a case of the stand-in's Twilio, for its first test user."""
    place = next(one for one in stand_in.state.catalogue.places if one.service.name == "twilio")
    user = next(one for one in stand_in.dump()["users"] if one["is_test_user"])
    values: dict[str, Any] = {
        "id": "twilio/Production/popup/500x500/light",
        "service": "Twilio",
        "service_id": place.service.id,
        "service_name": "twilio",
        "environment": "Production",
        "environment_id": place.environment.id,
        "user": user["name"],
        "user_id": user["id"],
        "embedding": "popup",
        "size": "500x500",
        "color_scheme": "light",
    }
    return Case(**{**values, **changes})


def settings_for(stand_in: StandIn, folder: Path, dialog_url: str = "", **changes: Any) -> AuditSettings:
    """Return settings without cases, for an auditor in this process."""
    fields = {
        "embedded_id": stand_in.embedded_id,
        "graphql_url": stand_in.graphql_url,
        "rest_url": stand_in.rest_url,
        "dialog_url": dialog_url or stand_in.dialog_url,
        **changes.pop("fields", {}),
    }
    target = Target(fields, stand_in.master_token)
    values: dict[str, Any] = {"requests_per_s": 1_000.0, "pictures": False, "attempt_s": 30.0, **changes}
    return AuditSettings((), target, str(folder), str(folder / "stop"), **values)


@contextmanager
def auditing(settings: AuditSettings) -> Iterator[Auditor]:
    """Yield an auditor; let go of it afterwards."""
    auditor = Auditor(settings, 1)
    try:
        yield auditor
    finally:
        auditor.close()


def put(pages: PageServer, stand_in: StandIn, body: str, **page: Any) -> None:
    """Serve a page as the stand-in's dialog."""
    text = f"<!doctype html><html lang=en><meta charset=utf-8><title>A page</title>{body}</html>"
    pages.pages[f"/external/auth/create/{stand_in.embedded_id}"] = Page(text, **page)
