"""What the `workspace` commands say of a workspace: never its token, only where that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.vault import Vault, VaultError

HEADS = ("IN USE", "NAME", "REGION", "EMBEDDED ID", "DIALOG HOST", "TOKEN")


class TokenPlaces:
    """Finds out where the master tokens are: "environment", "vault" or "asked for"."""

    def __init__(self, token: Secret | None, vault: Vault) -> None:
        self._is_in_environment = token is not None
        self._vault: Vault | None = vault

    def of(self, name: str) -> str:
        """Return where a workspace's token comes from; a vault that fails is said once."""
        if name == STAND_IN:
            return "its own"
        if self._is_in_environment:
            return "environment"
        try:
            if self._vault is not None and self._vault.token(name):
                return "vault"
        except VaultError as error:
            self._vault = None
            say(error.explanation)
        return "asked for"


def open_book(configuration: Configuration) -> WorkspaceBook:
    """Read the file of workspaces, and say what in it was not understood."""
    book = configuration.book()
    for warning in book.warnings:
        say(warning)
    return book


def as_object(entry: WorkspaceEntry | None, book: WorkspaceBook, token: str) -> dict[str, object]:
    """Return a workspace as other programs read it (docs/workspaces.md); None is the stand-in."""
    if entry is None:
        is_active = book.active == STAND_IN
        return {"name": STAND_IN, "active": is_active, "is_stand_in": True, "token": token}
    hosts = entry.workspace(for_dialog=False).hosts
    fields = {name: value or None for name, value in asdict(entry).items() if name != "dialog_hosts"}
    return {
        "name": entry.name,
        "active": book.active == entry.name,
        "is_stand_in": False,
        **fields,
        "dialog_hosts": dict(entry.dialog_hosts),
        "hosts": asdict(hosts),
        "token": token,
    }


def rows(book: WorkspaceBook, places: TokenPlaces) -> Iterator[tuple[str, ...]]:
    """Yield a row for each workspace."""
    for entry in book.entries:
        mark = "*" if entry.name == book.active else ""
        host = entry.workspace(for_dialog=False).hosts.dialog_url
        yield (mark, entry.name, entry.region, entry.embedded_id, host, places.of(entry.name))
    mark = "*" if book.active == STAND_IN else ""
    yield (mark, STAND_IN, "", "", "on this computer", places.of(STAND_IN))


def lines(entry: WorkspaceEntry, book: WorkspaceBook, token: str) -> dict[str, object]:
    """Return what `show` prints, by names for people."""
    hosts = entry.workspace(for_dialog=False).hosts
    shown: dict[str, object] = {
        "name": entry.name,
        "in_use": "yes" if book.active == entry.name else "no",
        "region": entry.region,
        "embedded_id": entry.embedded_id,
        "master_token": token,
        "graphql_address": hosts.graphql_url,
        "rest_address": hosts.rest_url,
        "dialog_host": hosts.dialog_url,
    }
    shown |= {f"dialog_host_of_{service}": url for service, url in entry.dialog_hosts}
    more = {name: getattr(entry, name) for name in ("opener_origin", "account_id", "proxy", "ca_file")}
    return shown | {name: value for name, value in more.items() if value}
