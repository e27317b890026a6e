"""A file of workspaces as a person has written it."""

from __future__ import annotations

from pathlib import Path

import pytest

BY_HAND = """\
# My workspaces

active = "acme"   # the one in use

[settings]
history_days = 30

# the real one
[workspaces.acme]  # note
embedded_id = "acme"  # told by Jim
from_the_future = 1
region = "eu1"

[workspaces.acme.dialog_hosts]
slack = "https://acme.integration-configuration.com" # whitelabel

# This is beta
[workspaces."beta two"]
region = "us"
# last words
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"
