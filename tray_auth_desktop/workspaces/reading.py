"""The text of the file of workspaces, made into a book. What is wrong with it is said with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.settings import HISTORY_DAYS, PROGRAM_OPTIONS, days_of
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.fields import (
    LABELS,
    TEXT_FIELDS,
    address_complaint,
    complaint,
    name_complaint,
    service_complaint,
)
from tray_auth_desktop.workspaces.place import place_of, place_of_error

#: Settings of the program that the file can hold; its own folder it cannot say.
PREFERENCES = {
    option.name: option for option in PROGRAM_OPTIONS if option.name not in ("data_dir", "config_dir")
}
#: Names of what must not stand in the file, without capitals and signs.
_SECRET_KEYS = frozenset(
    {
        "token",
        "mastertoken",
        "usertoken",
        "accesstoken",
        "apitoken",
        "apikey",
        "bearer",
        "authorization",
        "secret",
        "clientsecret",
        "password",
        "passwd",
        "proxypassword",
        "credentials",
    }
)
_MENDING = "Mend it with any text editor. The program does not change the file until it can be read."


class BookReader:
    """Reads one text.

    Args:
        path: Where it comes from.
        text: What stands there.
    """

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._warnings: list[str] = []

    def read(self) -> WorkspaceBook:
        """Return what the text says.

        Raises:
            UsageError: it is no TOML, or a value in it cannot be used; says where and why.
        """
        document = self._document()
        self._refuse_secrets(document, ())
        preferences = self._preferences(self._table(document, ("settings",)))
        entries = self._entries(self._table(document, ("workspaces",)))
        for key in document:
            if key not in ("active", "settings", "workspaces"):
                self._warn((key,))
        active = self._active(document, entries)
        return WorkspaceBook(self._path, entries, active, preferences, tuple(self._warnings))

    def _document(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            what, place = place_of_error(self._text, error)
            raise UsageError(f"{self._path}, {place}: {what}.", advice=_MENDING) from error
        except RecursionError as error:
            raise UsageError(f"{self._path} is nested too deeply.", advice=_MENDING) from error

    def _entries(self, table: Mapping[str, Any]) -> tuple[WorkspaceEntry, ...]:
        seen: dict[str, str] = {}
        entries = []
        for name in table:
            keys = ("workspaces", name)
            if why := name_complaint(name):
                raise self._error(keys, f"the name of a workspace {why}")
            if other := seen.get(name.casefold()):
                raise self._error(keys, f"the workspaces {other!r} and {name!r} differ by capitals only")
            seen[name.casefold()] = name
            entries.append(self._entry(name, self._table(table, keys)))
        return tuple(entries)

    def _entry(self, name: str, table: Mapping[str, Any]) -> WorkspaceEntry:
        values = {}
        for key, value in table.items():
            keys = ("workspaces", name, key)
            if key in TEXT_FIELDS:
                values[key] = self._text_of(keys, value).strip()
                if why := complaint(key, values[key]):
                    raise self._error(keys, f"the {LABELS[key]} {why}")
            elif key != "dialog_hosts":
                self._warn(keys)
        values["region"] = values.get("region") or "us"
        hosts = self._dialog_hosts(name, self._table(table, ("workspaces", name, "dialog_hosts")))
        return WorkspaceEntry(name, dialog_hosts=hosts, **values)

    def _dialog_hosts(self, name: str, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        pairs = []
        for service, value in table.items():
            keys = ("workspaces", name, "dialog_hosts", service)
            url = self._text_of(keys, value).strip()
            if why := service_complaint(service) or address_complaint(url):
                raise self._error(keys, f"the {LABELS['dialog_hosts']} {why}")
            pairs.append((service, url))
        return tuple(pairs)

    def _preferences(self, table: Mapping[str, Any]) -> dict[str, str]:
        taken = {}
        for key, value in table.items():
            option = PREFERENCES.get(key)
            if option is None:
                self._warn(("settings", key))
                continue
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            text = str(value) if is_number else self._text_of(("settings", key), value).strip()
            if option.choices and text and text not in option.choices:
                said = f"{key} is {text!r}; it can be {', '.join(option.choices)}"
                raise self._error(("settings", key), said)
            if key == HISTORY_DAYS.name and text and days_of(text) is None:
                raise self._error(("settings", key), f"{key} must be a number of days, or 0 for ever")
            taken[key] = text
        return {key: text for key, text in taken.items() if text}

    def _active(self, document: Mapping[str, Any], entries: tuple[WorkspaceEntry, ...]) -> str:
        if "active" not in document:
            return STAND_IN
        wanted = self._text_of(("active",), document["active"]).strip()
        if not wanted or wanted.casefold() == STAND_IN:
            return STAND_IN
        book = WorkspaceBook(self._path, entries)
        found = book.find(wanted)
        if found is None:
            known = ", ".join(book.names)
            raise self._error(
                ("active",), f"there is no workspace {wanted!r} to be active; there are: {known}"
            )
        return found.name

    def _table(self, parent: Mapping[str, Any], keys: tuple[str, ...]) -> Mapping[str, Any]:
        value = parent.get(keys[-1], {})
        if not isinstance(value, dict):
            raise self._error(keys, f"{'.'.join(keys)} must be a table, not {_kind(value)}")
        return value

    def _text_of(self, keys: tuple[str, ...], value: object) -> str:
        if not isinstance(value, str):
            raise self._error(keys, f"{keys[-1]} must be a text in quotes, not {_kind(value)}")
        return value

    def _refuse_secrets(self, table: Mapping[str, Any], above: tuple[str, ...]) -> None:
        for key, value in table.items():
            keys = (*above, key)
            is_name = above in {("workspaces",)} or above[-1:] == ("dialog_hosts",)
            if not is_name and "".join(filter(str.isalnum, key)).casefold() in _SECRET_KEYS:
                raise UsageError(
                    f"{self._path}, {place_of(self._text, keys)}: {key} must not stand in this file.",
                    advice="Tokens and passwords are kept in the system's vault: take the line out, then put "
                    "the token there with `tray-auth-desktop workspace edit NAME --token`.",
                )
            if isinstance(value, dict):
                self._refuse_secrets(value, keys)

    def _error(self, keys: tuple[str, ...], said: str) -> UsageError:
        return UsageError(f"{self._path}, {place_of(self._text, keys)}: {said}.", advice=_MENDING)

    def _warn(self, keys: tuple[str, ...]) -> None:
        where = place_of(self._text, keys)
        self._warnings.append(f"{self._path}, {where}: {keys[-1]!r} is not known here, and has no effect.")


def _kind(value: object) -> str:
    """Return what kind of value it is, in words; the value itself is not shown."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return "a text" if isinstance(value, str) else "a date or time"
