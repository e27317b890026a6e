"""Judge a reply: is it an answer, and if not, which of the typed errors is it?"""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from tray_auth_desktop.api.call import Answer, Call, Failure, Hidden, Reply
from tray_auth_desktop.api.complaint import Complaint, complaint_of
from tray_auth_desktop.api.entries import Entries
from tray_auth_desktop.api.json_body import NOT_JSON, parse, unreadable
from tray_auth_desktop.api.network_failure import refused_by_proxy
from tray_auth_desktop.api.server_text import clean, html_title
from tray_auth_desktop.errors import (
    ApiError,
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    RateLimitedError,
    UnauthorizedError,
)

_RATE_LIMIT = re.compile(r"(?i)\brate[\s_-]+limit|\btoo many requests\b")
_NO_ACCESS = re.compile(
    r"(?i)unauthori[sz]ed|unauthenticated|\bnot[ _]authori[sz]ed\b|\bnot[ _]authenticated\b|\bforbidden\b"
    r"|\baccess[ _](not[ _]allowed|denied)\b|\b(invalid|expired)[ _](user |access |bearer )?token\b"
    r"|\btoken (is |has )?(invalid|expired)\b"
)
_NO_ACCESS_CODES = frozenset(
    {
        "access_denied",
        "access_not_allowed",
        "expired_token",
        "forbidden",
        "invalid_token",
        "not_authorized",
        "token_expired",
        "unauthenticated",
        "unauthorised",
        "unauthorized",
    }
)
_TRANSIENT = frozenset({502, 503, 504})
_USER_TOKEN_ADVICE = "Make a new user token: one lasts 2 days and works in its own region only."  # noqa: S105 - advice, not a password
_NOT_MASTER_ADVICE = (
    "Check that the token is current and belongs to this region. It may also be a user token, which is "
    "refused here: the master token is made in the Tray app under Settings → Tokens."
)
_REDIRECT_ADVICE = (
    "Set the API's own address in the workspace; a website's address, or one with http for https, redirects."
)
_CLIENT_ERROR_ADVICE = (
    "Check what was asked for and the addresses of the workspace; if they are right, "
    "pass this text on to Tray's support."
)


def judge(call: Call, reply: Reply, hidden: Hidden, entries: Entries[Any] | None = None) -> Answer | Failure:
    """Return the reply's JSON, or the failure it stands for.

    Args:
        call: What was asked for.
        reply: What came.
        hidden: What no message may show.
        entries: Takes the reply's list, if it is one that is asked for.
    """
    if 300 <= reply.status < 400:
        return Failure(_redirected(call, reply, hidden), status=reply.status)
    if reply.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return replace(refused_by_proxy(call), status=reply.status)
    payload = parse(reply.body, entries if 200 <= reply.status < 300 else None)
    complaint = complaint_of(payload, reply.status, hidden)
    error = _error(call, reply, complaint, hidden)
    if error is None and payload is NOT_JSON and not (call.may_be_empty and not reply.body.strip()):
        error = unreadable(call, reply, hidden)
    if error is None:
        return Answer(reply.status, payload)
    is_transient = reply.status in _TRANSIENT or isinstance(error, RateLimitedError)
    return Failure(error, is_transient, reply.status, reply.retry_after, complaint.is_partly_done)


def _error(call: Call, reply: Reply, complaint: Complaint, hidden: Hidden) -> ApiError | None:
    """Return the error of a reply, by message first: Tray's rate limit bears a permission error's code."""
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS or _RATE_LIMIT.search(complaint.text):
        return RateLimitedError(
            f"{call.host} did not do {call.operation}: too many requests{complaint.clause}.",
            operation=call.operation,
        )
    if reply.status == HTTPStatus.UNAUTHORIZED:
        return _denied(UnauthorizedError, "not recognised", call, complaint)
    is_done = complaint.is_partly_done and not call.is_read
    if reply.status == HTTPStatus.FORBIDDEN or (_denies_access(complaint) and not is_done):
        return _denied(ForbiddenError, "not allowed to do this", call, complaint)
    if complaint.is_graphql:
        return GraphQLError(
            complaint.messages,
            operation=call.operation,
            name=complaint.name,
            code=complaint.code,
            path=complaint.path,
        )
    return None if 200 <= reply.status < 300 else _bad_status(call, reply, complaint, hidden)


def _denies_access(complaint: Complaint) -> bool:
    if not complaint.is_graphql:
        return False
    if complaint.code is not None:
        return complaint.code.casefold() in _NO_ACCESS_CODES
    return _NO_ACCESS.search(f"{complaint.name or ''} {complaint.text}") is not None


def _denied(
    kind: type[UnauthorizedError | ForbiddenError], why: str, call: Call, complaint: Complaint
) -> ApiError:
    which = "user token" if call.acts_as_user else "master token"
    return kind(
        f"{call.host} refused {call.operation}: the {which} is {why}{complaint.clause}.",
        operation=call.operation,
        advice=_denied_advice(call),
    )


def _denied_advice(call: Call) -> str | None:
    if call.acts_as_user:
        return _USER_TOKEN_ADVICE
    return _NOT_MASTER_ADVICE if call.needs_master_token else None


def _bad_status(call: Call, reply: Reply, complaint: Complaint, hidden: Hidden) -> HttpStatusError:
    said = complaint.clause
    title = html_title(reply, hidden) if not said else None
    if title is not None:
        said = f": an HTML page “{title}”" if title else ": an HTML page"
    return HttpStatusError(
        f"{call.host} answered {call.operation} with status {reply.status}{_phrase(reply.status)}{said}.",
        operation=call.operation,
        status=reply.status,
        advice=_CLIENT_ERROR_ADVICE if 400 <= reply.status < 500 else None,
    )


def _redirected(call: Call, reply: Reply, hidden: Hidden) -> HttpStatusError:
    return HttpStatusError(
        f"{call.host} answered {call.operation} with a redirect ({reply.status}) to "
        f"{_host_of(reply.location, call, hidden)}; redirects are not followed.",
        operation=call.operation,
        status=reply.status,
        advice=_REDIRECT_ADVICE,
    )


def _host_of(location: str | None, call: Call, hidden: Hidden) -> str:
    """Return the host a redirect names; the rest of the address may be secret."""
    try:
        parts = urlsplit(location or "")
        port = f":{parts.port}" if parts.port else ""
        host = f"{parts.hostname or ''}{port}" if parts.hostname else ""
    except ValueError:
        return "an unreadable address"
    if host:
        return clean(host, hidden)
    return f"another address of {call.host}" if location else "nowhere"


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
