"""What each field of a workspace may hold: one place for the file, the flags and the form.

A complaint is a sentence without its subject, such as "must begin with https://". None of them
repeats what was given where that may hold a password.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tray_auth_desktop.core.dialog_url import checked_segment
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Region, checked_base_url

#: What the program's own stand-in is called where a workspace is named; no other may have the name.
STAND_IN = "stand-in"
LONGEST_NAME = 64
#: The fields that are plain texts, in the order in which they are written and shown.
TEXT_FIELDS = (
    "region",
    "embedded_id",
    "graphql_url",
    "rest_url",
    "dialog_url",
    "opener_origin",
    "account_id",
    "proxy",
    "ca_file",
)
#: What people call them.
LABELS = {
    "name": "name",
    "region": "region",
    "embedded_id": "Embedded ID",
    "graphql_url": "GraphQL address",
    "rest_url": "REST address",
    "dialog_url": "dialog host",
    "opener_origin": "opener origin",
    "account_id": "account id",
    "proxy": "proxy",
    "ca_file": "file of certificates",
    "dialog_hosts": "dialog host of a service",
}
_ADDRESSES = ("graphql_url", "rest_url", "dialog_url")
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
_WITH_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://.+")


def complaint(name: str, value: str) -> str:
    """Return why a field cannot hold this text; empty if it can. Empty text is "not set"."""
    if name == "name":
        return name_complaint(value)
    if not value:
        return ""
    if why := _text_complaint(value):
        return why
    if name == "region":
        return "" if value in list(Region) else f"must be one of {', '.join(Region)}"
    if name == "embedded_id":
        return _embedded_id_complaint(value)
    if name in _ADDRESSES:
        return address_complaint(value)
    if name == "opener_origin":
        return _origin_complaint(value)
    if name == "proxy":
        return _proxy_complaint(value)
    return _path_complaint(value) if name == "ca_file" else ""


def name_complaint(name: str) -> str:
    """Return why a workspace cannot have this name; empty if it can."""
    if not name.strip():
        return "must not be empty"
    if why := _text_complaint(name):
        return why
    if len(name) > LONGEST_NAME:
        return f"must have at most {LONGEST_NAME} letters; it has {len(name)}"
    if name.casefold() == STAND_IN:
        return f"must not be {STAND_IN}: that is what the program's own stand-in is called"
    return ""


def address_complaint(url: str) -> str:
    """Return why a host cannot have this address; empty if it can."""
    if not _WITH_SCHEME.fullmatch(url):
        return "must be a whole address that begins with https://"
    if "@" in url.partition("://")[2].partition("/")[0]:
        return "must not hold a user name or a password"
    if "?" in url or "#" in url:
        return "must be without a query (?) and a fragment (#)"
    try:
        checked_base_url(url)
    except ValueError:
        return (
            "must begin with https:// (http:// is for this computer only)"
            if url.lower().startswith("http:")
            else "is no web address; it must look like https://host.example"
        )
    return ""


def service_complaint(service: str) -> str:
    """Return why a dialog host of its own cannot belong to a service called so."""
    if not service or not service.isprintable() or service != service.strip():
        return "must belong to the name or id of a service"
    return ""


def _text_complaint(value: str) -> str:
    if not value.isprintable():
        return "must not hold control characters or line breaks"
    return "must not begin or end with a space" if value != value.strip() else ""


def _embedded_id_complaint(value: str) -> str:
    try:
        checked_segment(value, "Embedded ID")
    except ValueError:
        return "may hold letters, digits, and . _ ~ - only: it stands in the dialog's address"
    return ""


def _origin_complaint(value: str) -> str:
    if "@" in value:
        return "must not hold a user name or a password"
    try:
        Origin.parse(value)
    except ValueError:
        return "must be an origin such as https://app.example"
    return ""


def _proxy_complaint(value: str) -> str:
    # without "://", or it would be cut down as an address is wherever an error is shown
    form = "must be written as scheme, host and port: http, https or socks5, then ://host:port"
    try:
        parts = urlsplit(value)
        host, _, password = parts.hostname, parts.port, parts.password
    except ValueError:
        return form
    if password is not None:
        return "must not hold a password; that is kept in the vault"
    is_bare = not parts.path.strip("/") and not parts.query and not parts.fragment
    if parts.scheme not in _PROXY_SCHEMES or not host or not is_bare or " " in value or not value.isascii():
        return form
    return ""


def _path_complaint(value: str) -> str:
    is_absolute = value.startswith(("/", "~", "\\\\")) or re.match(r"[A-Za-z]:[\\/]", value)
    return "" if is_absolute else "must be a whole path, from / or ~ on"
