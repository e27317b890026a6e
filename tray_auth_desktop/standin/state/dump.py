"""What a stand-in holds, for people and tests to look at: no token, no code, no credential."""

from __future__ import annotations

from typing import Any

import msgspec

from tray_auth_desktop.standin.state.authentications import Authentication
from tray_auth_desktop.standin.state.dialog_page import DialogPage
from tray_auth_desktop.standin.state.state import State


def dump(state: State) -> dict[str, Any]:
    """Return it as objects, lists, texts and numbers."""
    return {
        "embedded_id": state.embedded_id,
        "now": state.clock(),
        "clock_offset_s": state.clock.offset_s,
        "random_seed": state.random_seed,
        "scenarios": state.scenarios.chosen,
        "faults": dump_faults(state),
        "users": [
            {
                "id": user.id,
                "name": user.name,
                "external_user_id": user.external_user_id,
                "is_test_user": user.is_test_user,
            }
            for user in state.users.all()
        ],
        "authentications": [_authentication(one) for one in state.authentications.all()],
        "dialog_pages": [_page(page) for page in state.dialogs.pages()],
        "open_codes": state.tokens.open_codes,
        "live_user_tokens": state.tokens.live_user_tokens,
        "requests": len(state.requests.all()),
        "messages": len(state.messages.all()),
    }


def dump_faults(state: State) -> list[dict[str, Any]]:
    """Return each rule with its number and how many times it has struck."""
    return [
        msgspec.to_builtins(rule.fault) | {"number": rule.number, "strikes": rule.strikes}
        for rule in state.faults.rules()
    ]


def _authentication(one: Authentication) -> dict[str, Any]:
    return {
        "id": one.id,
        "owner": one.owner,
        "name": one.name,
        "service": one.place.service.name,
        "service_version": one.place.service.version,
        "service_environment_id": one.place.environment.id,
        "scopes": list(one.scopes),
        "progress": one.progress.value,
    }


def _page(page: DialogPage) -> dict[str, Any]:
    ended_with = page.editing or page.made
    return {
        "number": page.number,
        "user_id": page.user.id,
        "service": page.place.service.name,
        "scenario": page.scenario.name,
        "is_editing": page.editing is not None,
        "failures": page.failures,
        "authentication_id": ended_with.id if ended_with else None,
    }
