"""What tests of the embedded dialog ask of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.embedding.host_bench import USER_ID
from tray_auth_desktop import AuthDialog, TrayClient

Make = Callable[..., AuthDialog]


def is_over(dialog: AuthDialog) -> bool:
    return dialog.outcome is not None and not dialog.isVisible()


def listed(client: TrayClient) -> list[str]:
    return [found.auth_id for found in client.authentications_of(USER_ID)]
