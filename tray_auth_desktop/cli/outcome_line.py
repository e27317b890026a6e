"""The answer of `create` and `edit`: one line of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.dialog_url import DialogKind


def outcome_line(outcome: Outcome, attempt_id: str, user_id: str, elapsed_ms: int, kind: DialogKind) -> str:
    """Return the answer other programs read; its fields are stable (docs/command-line.md)."""
    return json.dumps(
        {
            "outcome": outcome.kind.value,
            "auth_id": outcome.auth_id,
            "auth_type": outcome.auth_type,
            "via": outcome.via.value if outcome.via else None,
            "confirmed": outcome.confirmed,
            "message": outcome.message,
            "attempt_id": attempt_id,
            "user_id": user_id,
            "elapsed_ms": elapsed_ms,
            "known": outcome.was_known,
            "kind": kind.value,
        }
    )
