"""What dialogs are opened against: the stand-in of the test run, or a workspace of the person's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tray_auth_desktop.configuration import Configuration, master_token_from_environment
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import CONFIG_DIR

if TYPE_CHECKING:
    from tray_auth_desktop.standin import StandIn


def of_stand_in(stand_in: StandIn) -> Configuration:
    """Return the configuration for a stand-in that serves."""
    return Configuration(
        embedded_id=stand_in.embedded_id,
        graphql_url=stand_in.graphql_url,
        rest_url=stand_in.rest_url,
        dialog_url=stand_in.dialog_url,
        master_token=Secret(stand_in.master_token),
    )


def of_workspace(name: str) -> Configuration:
    """Return the configuration for a workspace of the file; its token is in the vault or the environment."""
    folder = os.environ.get(CONFIG_DIR.variable)
    return Configuration(
        workspace=name,
        config_dir=Path(folder).expanduser() if folder else None,
        master_token=master_token_from_environment(),
    )
