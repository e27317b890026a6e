"""Take secrets out of text that came from outside, before it is stored or shown."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from tray_auth_desktop import secrets

_NAME = r"(?:code|state|csrf|session|token|passw(?:or)?d|secret|authorization|bearer|cookie|api[_-]?key)"
#: A value with a name in front that says it is secret: `access_token=…`, `"clientSecret": "…"`,
#: `Authorization: Bearer …`. The name may have more in front of it, and the text may be JSON in JSON.
_NAMED = re.compile(
    rf"(?i)({_NAME}(?:[_-]?(?:id|verifier))?\\*[\"']?(?:\s*[=:]\s*|%3[ad])\\*[\"']?)"
    r"(?:(?:bearer|basic)\s+)?[^\s&\"'<>;]{6,}"
)
#: The same without a sign in between. Prose is spared ("the code expired"): it has no digits.
_SPOKEN = re.compile(
    rf"(?i)((?:bearer|basic)\s+|{_NAME}\s+(?=[^\s&\"'<>;]*[0-9]|[^\s&\"'<>;]{{20}}))[^\s&\"'<>;]{{6,}}"
)
_IS_SECRET = re.compile(rf"(?i){_NAME}")
_COOKIES = re.compile(r"(?i)(cookie[\"']?\s*:\s*[\"']?)[^\r\n\"']+")
#: Codes and tokens of Tray are hexadecimal, 40 and 64 long; other services' keys are 32 and more.
_LONG_HEX = re.compile(r"(?i)[0-9a-f]{32,}")
_URL = re.compile(r"(?i)https?://[^\s\"'<>]+")
#: Why a provider sends no code, as it says under `error` in an address: RFC 6749, §4.1.2.1, and OpenID
#: Connect Core, §3.1.2.6. They are words, so there is nothing in them to hide.
_OAUTH_ERRORS = frozenset(
    {
        "access_denied", "invalid_request", "unauthorized_client", "unsupported_response_type",
        "invalid_scope", "server_error", "temporarily_unavailable", "login_required", "consent_required",
        "interaction_required", "account_selection_required",
    }
)  # fmt: skip
_LAST_WORD = re.compile(r"[0-9A-Za-z_%-]+\Z")
#: How much of a text beyond its cut is looked at for known secrets, which the cut must not halve.
_MARGIN = 4_096
MASK = "•••"


def redact(text: str, limit: int = 2_000) -> str:
    """Return text fit for the timeline: queries cut off URLs, secrets masked, bad characters mended."""
    clean = (
        _without_known(text[: limit * 4 + _MARGIN])[: limit * 4].encode("utf-8", "replace").decode("utf-8")
    )
    if len(text) > limit * 4:
        # the cut may go through a secret, and what is left of it may look like none
        clean = _LAST_WORD.sub("", clean)
    clean = _URL.sub(lambda match: redact_url(match.group()), clean)
    clean = _COOKIES.sub(rf"\g<1>{MASK}", clean)
    clean = _NAMED.sub(rf"\g<1>{MASK}", clean)
    clean = _SPOKEN.sub(rf"\g<1>{MASK}", clean)
    clean = _LONG_HEX.sub(MASK, clean)
    return clean if len(clean) <= limit else f"{clean[:limit]}…"


def redact_url(url: str) -> str:
    """Return origin and path of a URL. Query, fragment and user name are what may be secret.

    Of query and fragment, a documented OAuth error code is shown: `?error=access_denied&…`.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "(unreadable address)"
    if parts.scheme not in ("http", "https"):
        return url if url == "about:blank" else f"{_LONG_HEX.sub(MASK, parts.scheme) or 'unknown'}:{MASK}"
    address = f"[{host}]" if ":" in host else host
    shown = f"{parts.scheme}://{address}{f':{port}' if port else ''}{parts.path}"
    if parts.query:
        shown += f"?{_error_in(parts.query) or '…'}"
    if fragment := _error_in(parts.fragment):
        shown += f"#{fragment}"
    return _LONG_HEX.sub(MASK, _without_known(shown))


def _error_in(parameters: str) -> str:
    """Return the OAuth error code in a query or fragment, with a sign for what else is there; else ""."""
    try:
        pairs = parse_qsl(parameters, keep_blank_values=True)
    except ValueError:  # more parameters than anybody needs
        return ""
    errors = [value for name, value in pairs if name == "error"]
    if len(errors) != 1 or errors[0] not in _OAUTH_ERRORS:
        return ""
    shown = f"error={errors[0]}"
    return shown if parameters == shown else f"{shown}&…"


def one_line(cell: str) -> str:
    """Return text from outside without line breaks, and without codes that would steer the terminal."""
    if cell.isprintable():
        return cell
    return "".join(character if character.isprintable() else "�" for character in cell)


def secrets_in(url: str) -> tuple[str, ...]:
    """Return the values in query and fragment of an address whose names say that they are secret."""
    try:
        parts = urlsplit(url)
        pairs = [*parse_qsl(parts.query), *parse_qsl(parts.fragment)]
    except ValueError:  # no address, or more parameters than anybody needs
        return ()
    return tuple(value for name, value in pairs if _IS_SECRET.search(name))


def _without_known(text: str) -> str:
    return secrets.without_known(text, MASK)
