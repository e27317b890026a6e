"""The checks of a workspace's connection: builds what they need, and closes it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tray_auth_desktop import app
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.connection_check import CheckResult
from tray_auth_desktop.secrets import Secret


def connection_checks(
    configuration: Configuration,
    name: str | None = None,
    *,
    token: Secret | None = None,
    ask: Callable[[], Secret | None] | None = None,
) -> Iterator[CheckResult]:
    """Yield the results of all checks, each as soon as it is known. For worker threads: it waits.

    Args:
        configuration: What flags and environment say.
        name: The workspace, or `stand-in`; by default the one that they choose.
        token: A master token to take in place of the kept one.
        ask: Called for a master token that is nowhere else; may return None.

    Raises:
        UsageError: the workspace cannot be used, or there is no master token.
    """
    account = app.Account(configuration, name, for_dialog=False, ask=ask)
    try:
        if token is not None:
            account.give_token(token)
        client = account.client()
        workspace = account.workspace()
        dialog_urls = [workspace.hosts.dialog_url, *(url for _, url in workspace.dialog_hosts)]
        from tray_auth_desktop.api.diagnosis import diagnose

        yield from diagnose(client, dialog_urls, workspace.embedded_id)
    finally:
        account.close()
