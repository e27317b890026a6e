"""Which token a workspace is reached with: the vault's, the environment's, or the one that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.workspaces.memory_vault import LockedVault, MemoryVault
from tray_auth_desktop.app import Account
from tray_auth_desktop.cli.workspace_checks import connection_checks
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.connection_check import Verdict
from tray_auth_desktop.errors import MissingTokenError, UnauthorizedError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.workspaces.entry import WorkspaceEntry
from tray_auth_desktop.workspaces.file import put_entry, use_workspace
from tray_auth_desktop.workspaces.vault import Vault, VaultError

_RIGHT, _WRONG = Secret("5ec7e7" * 7), Secret("0bad" * 10)


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with StandIn(master_token=_RIGHT.reveal()) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, stand_in: StandIn) -> Iterator[Path]:
    """A workspace of the stand-in that is in use, and a vault in memory."""
    entry = WorkspaceEntry(
        "own",
        embedded_id=stand_in.embedded_id,
        graphql_url=stand_in.graphql_url,
        rest_url=stand_in.rest_url,
        dialog_url=stand_in.dialog_url,
        dialog_hosts=(("slack", stand_in.dialog_url), ("other", "http://127.0.0.1:9")),
    )
    put_entry(tmp_path / "config.toml", entry)
    use_workspace(tmp_path / "config.toml", "own")
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryVault())
    yield tmp_path
    keyring.set_keyring(before)


def is_accepted(account: Account) -> bool:
    try:
        return bool(account.client().users(first=1).users)
    except UnauthorizedError:
        return False
    finally:
        account.close()


def test_the_vaults_token_is_used(folder: Path) -> None:
    Vault().keep_token("own", _RIGHT)
    assert is_accepted(Account(Configuration(config_dir=folder)))
    assert is_accepted(Account(Configuration(config_dir=folder, workspace="OWN")))


def test_the_environments_token_counts_more_for_what_is_chosen_by_it(folder: Path) -> None:
    Vault().keep_token("own", _WRONG)
    configuration = Configuration(config_dir=folder, master_token=_RIGHT)
    assert is_accepted(Account(configuration))


def test_the_vaults_token_counts_more_for_a_workspace_that_is_switched_to(folder: Path) -> None:
    configuration = Configuration(config_dir=folder, master_token=_WRONG)
    Vault().keep_token("own", _RIGHT)
    assert is_accepted(Account(configuration, "own"))
    Vault().forget("own")
    assert is_accepted(Account(Configuration(config_dir=folder, master_token=_RIGHT), "own"))


def test_a_token_that_is_nowhere_is_asked_for_once(folder: Path) -> None:
    asked: list[None] = []

    def ask() -> Secret:
        asked.append(None)
        return _RIGHT

    account = Account(Configuration(config_dir=folder), ask=ask)
    assert account.client() is account.client()
    assert is_accepted(account)
    assert len(asked) == 1
    with pytest.raises(MissingTokenError, match="own"):
        Account(Configuration(config_dir=folder), ask=lambda: None).client()


def test_a_locked_vault_is_said_where_nobody_can_be_asked(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keyring.set_keyring(LockedVault())
    with pytest.raises(VaultError, match="locked"):
        Account(Configuration(config_dir=folder)).client()
    assert is_accepted(Account(Configuration(config_dir=folder), ask=lambda: _RIGHT))
    assert "locked" in caplog.text
    assert is_accepted(Account(Configuration(config_dir=folder, master_token=_RIGHT)))


def test_each_dialog_host_of_a_workspace_is_checked(folder: Path) -> None:
    results = list(connection_checks(Configuration(config_dir=folder), "own", token=_RIGHT))
    assert [(one.subject, one.verdict) for one in results] == [
        ("Master token", Verdict.OK),
        ("Region", Verdict.OK),
        ("REST API", Verdict.OK),
        ("Dialog host", Verdict.OK),
        ("Dialog host", Verdict.FAILED),
    ]
    (refused, *_) = connection_checks(Configuration(config_dir=folder), "own", token=_WRONG)
    assert refused.verdict is Verdict.FAILED
    assert _WRONG.reveal() not in refused.text
