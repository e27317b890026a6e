"""Every action of the window, once: menu, palette, shortcuts and their sheet are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """Where an action stands in the menu, in the menu's order."""

    DIALOG = "&Dialog"
    END_USER = "&End user"
    AUTHENTICATION = "&Authentication"
    WORKSPACE = "&Workspace"
    VIEW = "&View"
    HELP = "&Help"

    @property
    def label(self) -> str:
        """The group's name without its mnemonic."""
        return self.value.replace("&", "")


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """One action.

    Attributes:
        name: What the code calls it.
        group: Where it stands in the menu.
        text: What it is called, with its mnemonic.
        keys: Shortcuts; the first is the one that is shown.
        is_checkable: Whether it can be on or off.
        choice: What it is one of, where just one is on at a time.
    """

    name: str
    group: Group
    text: str
    keys: tuple[str, ...] = ()
    is_checkable: bool = False
    choice: str = ""

    @property
    def label(self) -> str:
        """What it is called, without the mnemonic."""
        return self.text.replace("&", "")


_DIALOG, _USER, _AUTHENTICATION = Group.DIALOG, Group.END_USER, Group.AUTHENTICATION
_WORKSPACE, _VIEW, _HELP = Group.WORKSPACE, Group.VIEW, Group.HELP

ACTIONS = (
    ActionEntry("open_dialog", _DIALOG, "&Open dialog", ("Ctrl+Return", "Ctrl+Enter")),
    ActionEntry("new_code", _DIALOG, "Open again with a &new code", ("Ctrl+Shift+N",)),
    ActionEntry("cancel", _DIALOG, "&Cancel the attempt", ("Ctrl+.",)),
    ActionEntry("copy_auth_id", _DIALOG, "Copy the captured &authId", ("Ctrl+Shift+C",)),
    ActionEntry("export_timeline", _DIALOG, "E&xport the timeline…"),
    ActionEntry("inspect", _DIALOG, "Open the &web inspector", ("Ctrl+Shift+I",)),
    ActionEntry("new_user", _USER, "&New end user…", ("Ctrl+N",)),
    ActionEntry("copy_user_ids", _USER, "&Copy the end user's ids", ("Ctrl+Shift+U",)),
    ActionEntry("delete_user", _USER, "&Delete the end user…"),
    ActionEntry("recent", _USER, "&Recent choices", ("Ctrl+R",)),
    ActionEntry("operations", _USER, "&Scopes by what the connector must do…"),
    ActionEntry("details", _AUTHENTICATION, "De&tails", ("Ctrl+I",)),
    ActionEntry("edit", _AUTHENTICATION, "&Re-authenticate…", ("Ctrl+E",)),
    ActionEntry("rename", _AUTHENTICATION, "Re&name…"),
    ActionEntry("copy_id", _AUTHENTICATION, "Copy &id"),
    ActionEntry("copy_name", _AUTHENTICATION, "Copy na&me"),
    ActionEntry("copy_json", _AUTHENTICATION, "Copy as &JSON"),
    ActionEntry("copy_link", _AUTHENTICATION, "Copy as Mar&kdown link"),
    ActionEntry("export_csv", _AUTHENTICATION, "Export the list as &CSV…"),
    ActionEntry("export_json", _AUTHENTICATION, "Export the list as J&SON…"),
    ActionEntry("delete", _AUTHENTICATION, "&Delete…"),
    ActionEntry("switch_workspace", _WORKSPACE, "&Switch workspace", ("Ctrl+Shift+W",)),
    ActionEntry("connect", _WORKSPACE, "&Connect a Tray account…"),
    ActionEntry("enter_token", _WORKSPACE, "Enter the master &token…"),
    ActionEntry("page_onboard", _VIEW, "&Onboard", ("Ctrl+1",), is_checkable=True, choice="page"),
    ActionEntry("page_history", _VIEW, "&History", ("Ctrl+2",), is_checkable=True, choice="page"),
    ActionEntry("page_workspaces", _VIEW, "&Workspaces", ("Ctrl+3",), is_checkable=True, choice="page"),
    ActionEntry("refresh", _VIEW, "&Fetch all lists again", ("F5",)),
    ActionEntry("focus_filter", _VIEW, "Go to the f&ilter", ("Ctrl+F",)),
    ActionEntry("timeline", _VIEW, "&Timeline", ("Ctrl+T",), is_checkable=True),
    ActionEntry("larger_text", _VIEW, "&Larger text", ("Ctrl++", "Ctrl+=")),
    ActionEntry("smaller_text", _VIEW, "S&maller text", ("Ctrl+-",)),
    ActionEntry("normal_text", _VIEW, "&Normal text size", ("Ctrl+0",)),
    ActionEntry(
        "scheme_system", _VIEW, "Colours as the &system has them", is_checkable=True, choice="scheme"
    ),
    ActionEntry("scheme_light", _VIEW, "Li&ght colours", is_checkable=True, choice="scheme"),
    ActionEntry("scheme_dark", _VIEW, "&Dark colours", is_checkable=True, choice="scheme"),
    ActionEntry("palette", _HELP, "&Find an action…", ("Ctrl+K", "Ctrl+Shift+P")),
    ActionEntry("menu", _HELP, "Open the &menu", ("F10",)),
    ActionEntry("sheet", _HELP, "&Shortcuts and words", ("F1",)),
    ActionEntry("install_entry", _HELP, "&Install the desktop entry"),
    ActionEntry("about", _HELP, "&About"),
    ActionEntry("quit", _HELP, "&Quit", ("Ctrl+Q",)),
)

#: What the keyboard does within the parts of the window; part of the sheet, not of the menu.
KEYS_IN_PARTS = (
    ("Down, F4", "In a search field: show the list"),
    ("Enter", "In a search field: choose what is marked, or the first that matches"),
    ("Esc", "In a search field: back to what was chosen; in a filter: show everything again"),
    ("Ctrl+C", "In a table: copy the cell, or the selected rows"),
    ("F2, Del", "In the table of authentications: rename, delete"),
    ("Menu, Shift+F10", "In a table: everything that can be done with the row"),
    ("Tab, Shift+Tab", "To the next or previous part; it goes from left to right, then down"),
)


def named(name: str) -> ActionEntry:
    """Return an action of the table.

    Raises:
        KeyError: there is none of that name.
    """
    for entry in ACTIONS:
        if entry.name == name:
            return entry
    raise KeyError(name)
