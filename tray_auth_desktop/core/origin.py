"""Web origins: scheme, host and port, compared exactly (RFC 6454)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


@dataclass(frozen=True, slots=True)
class Origin:
    """A web origin in its one canonical form: lower case, port always set."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Origin:
        """Return the origin of a URL, or of the text a browser gives as `event.origin`.

        Raises:
            ValueError: not an http or https URL with a plain ASCII host, or it carries a
                user name; `"null"` and the empty text are among these.
        """
        if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
            raise ValueError(f"not a web origin: {text!r}")
        parts = urlsplit(text)
        scheme = parts.scheme.lower()
        if scheme not in _DEFAULT_PORTS or "@" in parts.netloc:
            raise ValueError(f"not a web origin: {text!r}")
        host = (parts.hostname or "").lower()
        host = f"[{host}]" if "[" in parts.netloc else host
        if not _HOST.fullmatch(host):
            raise ValueError(f"not a web origin: {text!r}")
        port = parts.port
        return cls(scheme, host, _DEFAULT_PORTS[scheme] if port is None else port)

    @property
    def is_loopback(self) -> bool:
        """Whether it is this computer, by a name or an address that cannot be anything else."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def is_secure(self) -> bool:
        """Whether the connection is encrypted."""
        return self.scheme == "https"

    def __str__(self) -> str:
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


def parse_event_origin(text: str) -> Origin | None:
    """Return the origin a browser states in `event.origin`; None unless it is one, to the letter.

    A browser serialises an origin in one way only: text that reads back otherwise
    (path, upper case, trailing dot, default port) was not made by a browser.
    """
    try:
        origin = Origin.parse(text)
    except ValueError:
        return None
    return origin if str(origin) == text else None
