"""Test a connection: what works, what does not, and what to do about it, one result after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from urllib.parse import quote

from tray_auth_desktop.api.client import TrayClient
from tray_auth_desktop.core.connection_check import CheckResult, TokenKind, Verdict
from tray_auth_desktop.core.models import Connector, UserPage
from tray_auth_desktop.errors import (
    ForbiddenError,
    TrayAuthError,
    UnauthorizedError,
    UnreadableReplyError,
    UsageError,
)

TOKEN, REGION, REST, DIALOG = "Master token", "Region", "REST API", "Dialog host"
_REGION_ADVICE = (
    "check which Tray app address you use: app.tray.io, app.eu1.tray.io or app.ap1.tray.io, and choose the "
    "region that goes with it."
)
_DIALOG_ADVICE = "Check the dialog host of the workspace and the Embedded ID."
T = TypeVar("T")


def diagnose(client: TrayClient, dialog_urls: Sequence[str], embedded_id: str) -> Iterator[CheckResult]:
    """Yield the results of all checks, each as soon as it is known; failures are results too.

    Args:
        client: Speaks to the API with the token that is to be tested.
        dialog_urls: Base addresses of all dialog hosts of the workspace.
        embedded_id: The organisation's name in dialog addresses.
    """
    users = _answer(lambda: client.users(first=1))
    yield _token_result(client, users)
    connectors = _answer(client.connectors)
    yield _region_result(users, connectors)
    yield _rest_result(connectors)
    for url in dict.fromkeys(dialog_urls):
        yield _dialog_result(client, url, embedded_id)


def _answer(ask: Callable[[], T]) -> T | TrayAuthError:
    """Return the answer, or why there is none."""
    try:
        return ask()
    except TrayAuthError as error:
        return error


def _token_result(client: TrayClient, users: UserPage | TrayAuthError) -> CheckResult:
    if isinstance(users, UserPage):
        return CheckResult(TOKEN, Verdict.OK, "The master token is accepted.")
    if not _is_refusal(users):
        text = f"The master token could not be tested. {users.explanation}"
        return CheckResult(TOKEN, Verdict.FAILED, text, users.exit_code)
    if _answer(client.token_kind) is TokenKind.USER:
        text = (
            "This is a user token: it acts as one end user and cannot list or make others. Enter the master "
            "token, which is made in the Tray app under Settings → Tokens."
        )
        return CheckResult(TOKEN, Verdict.FAILED, text, users.exit_code)
    return CheckResult(TOKEN, Verdict.FAILED, users.explanation, users.exit_code)


def _region_result(
    users: UserPage | TrayAuthError, connectors: tuple[Connector, ...] | TrayAuthError
) -> CheckResult:
    if isinstance(users, TrayAuthError):
        return _region_unknown(users, connectors)
    if users.users:
        return CheckResult(REGION, Verdict.OK, "The region is right: Tray lists end users of this account.")
    if isinstance(connectors, tuple) and connectors:
        text = (
            "Tray answers, and there are no end users yet. If there should be some, this is the wrong "
            f"region: {_REGION_ADVICE}"
        )
        return CheckResult(REGION, Verdict.OK, text)
    what = "lists neither end users nor connectors" if connectors == () else "lists no end users"
    text = f"The token is accepted, but Tray {what}. An empty answer often means the wrong region: "
    return CheckResult(REGION, Verdict.DOUBTFUL, text + _REGION_ADVICE)


def _region_unknown(users: TrayAuthError, connectors: tuple[Connector, ...] | TrayAuthError) -> CheckResult:
    if isinstance(users, UnreadableReplyError):
        text = (
            "Tray's answer cannot be read, as happens where a proxy answers in its place. If it is empty, "
            f"it is often the wrong region: {_REGION_ADVICE}"
        )
        return CheckResult(REGION, Verdict.DOUBTFUL, text)
    if not _is_refusal(users):
        text = "The region could not be tested, since the end users could not be listed."
        return CheckResult(REGION, Verdict.SKIPPED, text)
    if isinstance(connectors, tuple) and connectors:
        text = "The REST API accepts the token, so that the region is probably right: see the master token."
        return CheckResult(REGION, Verdict.OK, text)
    text = f"A token of another region is refused in the same way: {_REGION_ADVICE}"
    return CheckResult(REGION, Verdict.DOUBTFUL, text)


def _rest_result(connectors: tuple[Connector, ...] | TrayAuthError) -> CheckResult:
    if isinstance(connectors, TrayAuthError):
        return CheckResult(REST, Verdict.FAILED, connectors.explanation, connectors.exit_code)
    if not connectors:
        text = "The REST API answers, but lists no connectors. Check its address, and the region."
        return CheckResult(REST, Verdict.DOUBTFUL, text)
    count = "1 connector version" if len(connectors) == 1 else f"{len(connectors):,} connector versions"
    return CheckResult(REST, Verdict.OK, f"The REST API answers and lists {count}.")


def _dialog_result(client: TrayClient, dialog_url: str, embedded_id: str) -> CheckResult:
    """Ask for the dialog's page without a code, which shows no dialog, but that its host is there."""
    host = dialog_url.partition("//")[2].partition("/")[0] or dialog_url
    url = f"{dialog_url.rstrip('/')}/external/auth/create/{quote(embedded_id, safe='', errors='replace')}"
    try:
        status = client.page_status(url)
    except UsageError as error:
        text = f"{dialog_url!r} is no address of a dialog host. {_DIALOG_ADVICE}"
        return CheckResult(DIALOG, Verdict.FAILED, text, error.exit_code)
    except TrayAuthError as error:
        return CheckResult(DIALOG, Verdict.FAILED, error.explanation, error.exit_code)
    if status >= 500:
        text = f"{host} answers, but with status {status}: the dialog may be out of order. Try again later."
        return CheckResult(DIALOG, Verdict.DOUBTFUL, text)
    if status == 404:
        text = f"{host} answers, but knows no dialog at this address (status 404). {_DIALOG_ADVICE}"
        return CheckResult(DIALOG, Verdict.DOUBTFUL, text)
    return CheckResult(DIALOG, Verdict.OK, f"{host} is reachable (status {status}).")


def _is_refusal(error: TrayAuthError) -> bool:
    return isinstance(error, UnauthorizedError | ForbiddenError)
