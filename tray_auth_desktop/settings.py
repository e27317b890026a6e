"""Every option of the program, once: name, environment variable, flag, default, meaning.

This table feeds the command line, the environment and the documentation
(docs/settings.md); a test compares the three.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One setting.

    Attributes:
        name: Field of `Configuration`.
        variable: Environment variable.
        flag: Flag of the command line; None where the value must not stand in a process list.
        default: Text of the default; None if there is none.
        meaning: One sentence for people.
        choices: The values it can have; empty for free text.
    """

    name: str
    variable: str
    flag: str | None
    default: str | None
    meaning: str
    choices: tuple[str, ...] = ()


def days_of(text: str) -> float | None:
    """Return a number of days, as `HISTORY_DAYS` takes it; None if the text is none."""
    try:
        days = float(text)
    except ValueError:
        return None
    return days if 0 <= days < 1e6 else None


DEFAULT_OPENER_ORIGIN = "https://tray-auth-desktop.invalid"

WORKSPACE = Option(
    "workspace",
    "TRAY_WORKSPACE",
    "--workspace",
    None,
    "Name of the workspace to work against, or `stand-in`; by default the one that is in use.",
)
WORKSPACE_OPTIONS = (
    Option("embedded_id", "TRAY_EMBEDDED_ID", "--embedded-id", None, "Embedded ID of the organisation."),
    Option("region", "TRAY_REGION", "--region", "us", "Region whose hosts are used.", ("us", "eu1", "ap1")),
    Option(
        "graphql_url", "TRAY_GRAPHQL_URL", "--graphql-url", None, "GraphQL endpoint, overriding the region's."
    ),
    Option("rest_url", "TRAY_REST_URL", "--rest-url", None, "REST address, overriding the region's."),
    Option("dialog_url", "TRAY_DIALOG_URL", "--dialog-url", None, "Dialog host, overriding the region's."),
    Option(
        "opener_origin",
        "TRAY_OPENER_ORIGIN",
        "--opener-origin",
        DEFAULT_OPENER_ORIGIN,
        "Origin of the page that opens the dialog; set your own application's to test with it.",
    ),
    Option(
        "account_id",
        "TRAY_ACCOUNT_ID",
        "--account-id",
        None,
        "Account id that the dialog is told when enhanced session security asks for it.",
    ),
    Option(
        "proxy",
        "TRAY_PROXY",
        "--proxy",
        None,
        "Proxy for API and dialog: an http, https or socks5 address; by default the system's.",
    ),
    Option(
        "ca_file",
        "TRAY_CA_FILE",
        "--ca-file",
        None,
        "File of certificates (PEM) that are trusted beside the system's, by API and dialog.",
    ),
)
MASTER_TOKEN = Option(
    "master_token", "TRAY_MASTER_TOKEN", None, None, "Master token. Only from the environment, never a flag."
)
USER_TOKEN = Option(
    "user_token",
    "TRAY_USER_TOKEN",
    None,
    None,
    "User token for the list, with `create --code-from-stdin`. Only from the environment, never a flag.",
)
HISTORY_DAYS = Option(
    "history_days",
    "TRAY_HISTORY_DAYS",
    "--history-days",
    "365",
    "Days an ended attempt is kept in the journal; 0 keeps it for ever.",
)
COLOR_SCHEME = Option(
    "color_scheme",
    "TRAY_COLOR_SCHEME",
    "--color-scheme",
    "system",
    "Light or dark, or as the system has it.",
    ("system", "light", "dark"),
)
CONFIG_DIR = Option(
    "config_dir",
    "TRAY_CONFIG_DIR",
    "--config-dir",
    None,
    "Folder of the file of workspaces; by default the user's config folder.",
)
PROGRAM_OPTIONS = (
    Option(
        "data_dir",
        "TRAY_DATA_DIR",
        "--data-dir",
        None,
        "Folder of the journal; by default the user's data folder.",
    ),
    CONFIG_DIR,
    HISTORY_DAYS,
    COLOR_SCHEME,
    Option(
        "log_level",
        "TRAY_LOG_LEVEL",
        "--log-level",
        "warning",
        "What is written to stderr.",
        ("debug", "info", "warning", "error"),
    ),
)
TIMEOUT = Option(
    "timeout", "TRAY_TIMEOUT", "--timeout", "900", "Seconds an attempt may take before it is out of time."
)
ALL_OPTIONS = (WORKSPACE, *WORKSPACE_OPTIONS, MASTER_TOKEN, USER_TOKEN, *PROGRAM_OPTIONS, TIMEOUT)
