"""Judge a reply: is it an answer, and if not, which of the typed errors is it?"""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from tray_auth_desktop.api.call import Answer, Call, Failure, Reply
from tray_auth_desktop.api.complaint import Complaint, complaint_of
from tray_auth_desktop.api.json_body import NOT_JSON, parse, unreadable
from tray_auth_desktop.api.server_text import clean, html_title
from tray_auth_desktop.errors import (
    ApiError,
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    RateLimitedError,
    UnauthorizedError,
)
from tray_auth_desktop.secrets import Secret

_RATE_LIMIT = re.compile(r"(?i)\brate[\s_-]+limit|\btoo many requests\b")
_NO_ACCESS = re.compile(r"(?i)\b(unauthori[sz]ed|unauthenticated|not authori[sz]ed)\b")
_NO_ACCESS_CODES = frozenset({"access_not_allowed", "unauthenticated", "unauthorized", "forbidden"})
_TRANSIENT = frozenset({502, 503, 504})
_USER_TOKEN_ADVICE = "Make a new user token: one lasts 2 days and works in its own region only."  # noqa: S105 - advice, not a password
_REDIRECT_ADVICE = (
    "Set the API's own address in the workspace; a website's address, or one with http for https, redirects."
)
_CLIENT_ERROR_ADVICE = (
    "Check what was asked for and the addresses of the workspace; if they are right, "
    "pass this text on to Tray's support."
)


def judge(call: Call, reply: Reply, token: Secret) -> Answer | Failure:
    """Return the reply's JSON, or the failure it stands for."""
    if 300 <= reply.status < 400:
        return Failure(_redirected(call, reply, token), status=reply.status)
    payload = parse(reply.body)
    complaint = complaint_of(payload, reply.status, token)
    error = _error(call, reply, complaint, token)
    if error is None and payload is NOT_JSON:
        error = unreadable(call, reply, token)
    if error is None:
        return Answer(reply.status, payload)
    is_transient = reply.status in _TRANSIENT or isinstance(error, RateLimitedError)
    return Failure(error, is_transient, reply.status, reply.retry_after)


def _error(call: Call, reply: Reply, complaint: Complaint, token: Secret) -> ApiError | None:
    """Return the error of a reply, by message first: Tray's rate limit bears a permission error's code."""
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS or _RATE_LIMIT.search(complaint.text):
        return RateLimitedError(
            f"{call.host} did not do {call.operation}: too many requests{complaint.clause}.",
            operation=call.operation,
        )
    if reply.status == HTTPStatus.UNAUTHORIZED:
        return _denied(UnauthorizedError, "not recognised", call, complaint)
    if reply.status == HTTPStatus.FORBIDDEN or _denies_access(complaint):
        return _denied(ForbiddenError, "not allowed to do this", call, complaint)
    if complaint.is_graphql:
        return GraphQLError(
            complaint.messages,
            operation=call.operation,
            name=complaint.name,
            code=complaint.code,
            path=complaint.path,
        )
    return None if 200 <= reply.status < 300 else _bad_status(call, reply, complaint, token)


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
        advice=_USER_TOKEN_ADVICE if call.acts_as_user else None,
    )


def _bad_status(call: Call, reply: Reply, complaint: Complaint, token: Secret) -> HttpStatusError:
    said = complaint.clause
    title = html_title(reply, token) if not said else None
    if title is not None:
        said = f": an HTML page “{title}”" if title else ": an HTML page"
    return HttpStatusError(
        f"{call.host} answered {call.operation} with status {reply.status}{_phrase(reply.status)}{said}.",
        operation=call.operation,
        status=reply.status,
        advice=_CLIENT_ERROR_ADVICE if 400 <= reply.status < 500 else None,
    )


def _redirected(call: Call, reply: Reply, token: Secret) -> HttpStatusError:
    return HttpStatusError(
        f"{call.host} answered {call.operation} with a redirect ({reply.status}) to "
        f"{_host_of(reply.location, call, token)}; redirects are not followed.",
        operation=call.operation,
        status=reply.status,
        advice=_REDIRECT_ADVICE,
    )


def _host_of(location: str | None, call: Call, token: Secret) -> str:
    """Return the host a redirect names; the rest of the address may be secret."""
    try:
        parts = urlsplit(location or "")
        port = f":{parts.port}" if parts.port else ""
        host = f"{parts.hostname or ''}{port}" if parts.hostname else ""
    except ValueError:
        return "an unreadable address"
    if host:
        return clean(host, token)
    return f"another address of {call.host}" if location else "nowhere"


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
