"""Take secrets out of text that came from outside, before it is stored or shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Values of parameters and headers whose names say that they are secret.
_NAMED = re.compile(
    r"(?i)\b(code|state|csrf|session|token|access_token|refresh_token|id_token|password|secret|"
    r"authorization|bearer|api_?key)(\"?\s*[=:]\s*\"?|\s+)(?:bearer\s+)?([^\s&\"',;<>]{6,})"
)
#: Codes and tokens of Tray are hexadecimal, 40 and 64 long; other services' keys are 32 and more.
_LONG_HEX = re.compile(r"(?i)(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])")
_URL = re.compile(r"(?i)\bhttps?://[^\s\"'<>]+")
MASK = "•••"


def redact(text: str, limit: int = 2_000) -> str:
    """Return text fit for the timeline: queries cut off URLs, secrets masked, bad characters mended."""
    clean = text[: limit * 4].encode("utf-8", "replace").decode("utf-8")
    clean = _URL.sub(lambda match: redact_url(match.group()), clean)
    clean = _NAMED.sub(lambda match: f"{match.group(1)}{match.group(2)}{MASK}", clean)
    clean = _LONG_HEX.sub(MASK, clean)
    return clean if len(clean) <= limit else f"{clean[:limit]}…"


def redact_url(url: str) -> str:
    """Return origin and path of a URL. Query, fragment and user name are what may be secret."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "(unreadable address)"
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme or 'unknown'}:{MASK}" if url != "about:blank" else url
    address = f"[{host}]" if ":" in host else host
    path = _LONG_HEX.sub(MASK, parts.path)
    return f"{parts.scheme}://{address}{f':{port}' if port else ''}{path}{'?…' if parts.query else ''}"
