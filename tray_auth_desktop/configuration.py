"""What the person configured, by flags, environment and the file of workspaces, made into one choice."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import DEFAULT_OPENER_ORIGIN, HISTORY_DAYS, MASTER_TOKEN, Option, days_of
from tray_auth_desktop.workspaces.book import FILE_NAME, WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry

#: Flags and variables that describe a workspace by themselves, without a name.
_DESCRIBING = ("embedded_id", "region", "graphql_url", "rest_url", "dialog_url")
#: Those that change a workspace, named or not.
_OVERRIDING = (*_DESCRIBING, "opener_origin", "account_id", "proxy", "ca_file")


@dataclass(frozen=True, slots=True)
class Configuration:
    """The values of `settings.ALL_OPTIONS`, as given by flags and environment. None is "not given"."""

    workspace: str | None = None
    embedded_id: str | None = None
    region: str | None = None
    graphql_url: str | None = None
    rest_url: str | None = None
    dialog_url: str | None = None
    opener_origin: str | None = None
    account_id: str | None = None
    proxy: str | None = None
    ca_file: str | None = None
    master_token: Secret | None = field(default=None, repr=False)
    data_dir: Path | None = None
    config_dir: Path | None = None
    history_days: str | None = None
    color_scheme: str | None = None
    log_level: str = "warning"
    waive_sandbox: bool = False

    @property
    def book_path(self) -> Path:
        """The file of workspaces."""
        if self.config_dir is not None:
            return self.config_dir / FILE_NAME
        from platformdirs import user_config_path

        return user_config_path("tray-auth-desktop", appauthor=False) / FILE_NAME

    @property
    def is_described(self) -> bool:
        """Whether flags and environment describe a workspace by themselves, without a name."""
        return any(getattr(self, name) for name in _DESCRIBING)

    def book(self) -> WorkspaceBook:
        """Read the file of workspaces; an empty book where there is none.

        Raises:
            UsageError: it cannot be read; says where and why.
        """
        path = self.book_path
        with suppress(OSError):  # else reading it says in words why it cannot be read
            if not path.exists():
                return WorkspaceBook(path)
        from tray_auth_desktop.workspaces.file import read_book

        return read_book(path)

    def choose(self, name: str | None = None) -> Choice:
        """Return what to work against.

        A name counts most; then what flags and environment describe; then the workspace
        that is in use by the file; where there is none, the stand-in.

        Args:
            name: The workspace to take, whatever is configured.

        Raises:
            UsageError: the file cannot be read, there is no such workspace, or what is
                configured cannot be used.
        """
        wanted = name or self.workspace
        if wanted and wanted.strip().casefold() == STAND_IN:
            return Choice(None)  # whatever the state of the file
        if not wanted and self.is_described:
            return Choice(self._described(), self.master_token)
        book = self.book()
        if not wanted and book.active == STAND_IN:
            return Choice(self._described(), self.master_token) if self.master_token else Choice(None)
        entry = book.get(wanted or book.active)
        if name:
            return Choice(entry, is_kept=True, other_token=self.master_token)
        return Choice(self._overridden(entry), self.master_token, is_kept=True)

    def preference(self, option: Option) -> str:
        """Return a program option: given by flag or environment, else by the file, else the default.

        A file that cannot be read is no reason to fail here: whoever needs a workspace of it says so.
        """
        given = getattr(self, option.name)
        if given:
            return str(given)
        preferences: Mapping[str, str] = {}
        with suppress(UsageError):
            preferences = self.book().preferences
        return preferences.get(option.name) or option.default or ""

    @property
    def kept_days(self) -> float:
        """How many days an ended attempt is kept in the journal; 0 is for ever.

        Raises:
            UsageError: it is no number, or below 0.
        """
        text = self.preference(HISTORY_DAYS)
        days = days_of(text)
        if days is None:
            raise UsageError(
                f"{HISTORY_DAYS.variable} is {text!r}; it must be a number of days, or 0 for ever."
            )
        return days

    @property
    def checked_opener_origin(self) -> str:
        """The opener origin for the stand-in, in its canonical form.

        Raises:
            UsageError: it is no web origin.
        """
        try:
            return str(Origin.parse(self.opener_origin or DEFAULT_OPENER_ORIGIN))
        except ValueError as error:
            raise UsageError(f"The opener origin cannot be used: {error}.") from error

    def _described(self) -> WorkspaceEntry:
        """Return the workspace that flags and environment describe without naming one."""
        entry = self._overridden(WorkspaceEntry("environment"))
        hosts = entry.workspace(for_dialog=False).hosts
        return replace(entry, name=entry.embedded_id or Origin.parse(hosts.graphql_url).host)

    def _overridden(self, entry: WorkspaceEntry) -> WorkspaceEntry:
        given = {name: value for name in _OVERRIDING if (value := getattr(self, name))}
        return replace(entry, **given)


@dataclass(frozen=True, slots=True)
class Choice:
    """What to work against.

    Attributes:
        entry: A workspace; None for the stand-in.
        token: A master token from the environment; None if it is to be looked for elsewhere.
        is_kept: Whether the workspace stands in the file, so that the vault may have its token.
        other_token: A master token from the environment, which may be another workspace's: what
            the vault has counts more.
    """

    entry: WorkspaceEntry | None
    token: Secret | None = field(default=None, repr=False)
    is_kept: bool = False
    other_token: Secret | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What the workspace is called."""
        return self.entry.name if self.entry is not None else STAND_IN

    def workspace(self, *, for_dialog: bool = True) -> Workspace:
        """Return the workspace that was chosen; not for the stand-in.

        Raises:
            UsageError: it cannot be used.
        """
        if self.entry is None:
            raise UsageError("The stand-in has no addresses before it serves.")
        return self.entry.workspace(for_dialog=for_dialog)


def master_token_from_environment() -> Secret | None:
    """Take the master token out of the environment, so that no child process inherits it."""
    value = os.environ.pop(MASTER_TOKEN.variable, "").strip()
    return Secret(value) if value else None
