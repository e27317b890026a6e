"""What is configured is checked, and every refusal says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tray_auth_desktop.app import Account
from tray_auth_desktop.configuration import Configuration, master_token_from_environment
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import ExitCode, MissingTokenError, UsageError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import COLOR_SCHEME, DEFAULT_OPENER_ORIGIN

_ROOT = Path(__file__).resolve().parents[2]
_TOKEN = "correct-horse-battery"


def test_nothing_configured_means_the_stand_in(tmp_path: Path) -> None:
    assert Configuration(config_dir=tmp_path).choose().entry is None
    given = Configuration(config_dir=tmp_path, opener_origin="https://app.example", account_id="a")
    assert given.choose().entry is None


@pytest.mark.parametrize(
    "configuration",
    [
        Configuration(embedded_id="acme"),
        Configuration(region="us"),
        Configuration(graphql_url="https://a.example"),
        Configuration(rest_url="https://a.example"),
        Configuration(dialog_url="https://a.example"),
        Configuration(master_token=Secret(_TOKEN)),
    ],
)
def test_anything_that_names_an_account_means_that_account(
    configuration: Configuration, tmp_path: Path
) -> None:
    assert replace(configuration, config_dir=tmp_path).choose().entry is not None


def test_a_region_gives_the_hosts_and_an_address_overrides_its_own() -> None:
    workspace = (
        Configuration(
            embedded_id="acme", region="eu1", dialog_url="https://acme.integration-configuration.com/"
        )
        .choose()
        .workspace()
    )
    assert workspace.hosts == Hosts(
        "https://eu1.tray.io/graphql", "https://api.eu1.tray.io", "https://acme.integration-configuration.com"
    )
    assert (workspace.name, workspace.embedded_id, workspace.is_stand_in) == ("acme", "acme", False)


def test_without_a_region_it_is_the_us() -> None:
    assert (
        Configuration(embedded_id="acme").choose().workspace().hosts.graphql_url == "https://tray.io/graphql"
    )


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        (Configuration(embedded_id="a/b"), "Embedded ID"),
        (Configuration(embedded_id=".."), "Embedded ID"),
        (Configuration(embedded_id="acme", region="eu2"), "eu2"),
        (Configuration(embedded_id="acme", dialog_url="http://embedded.tray.io"), "https"),
        (Configuration(embedded_id="acme", graphql_url="tray.io/graphql"), "tray.io/graphql"),
        (Configuration(embedded_id="acme", rest_url="https://api.tray.io/?x=1"), "query"),
        (Configuration(embedded_id="acme", opener_origin="app.example"), "opener origin"),
        (Configuration(region="us"), "No Embedded ID"),
    ],
)
def test_what_cannot_be_used_is_named(configuration: Configuration, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        configuration.choose().workspace()
    assert raised.value.exit_code is ExitCode.USAGE


def test_without_an_embedded_id_lists_can_be_fetched_but_no_dialog_opened() -> None:
    configuration = Configuration(region="ap1")
    workspace = configuration.choose().workspace(for_dialog=False)
    assert (workspace.name, workspace.embedded_id) == ("ap1.tray.io", "")
    with pytest.raises(UsageError) as raised:
        configuration.choose().workspace()
    assert "TRAY_EMBEDDED_ID" in raised.value.advice


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        (None, DEFAULT_OPENER_ORIGIN),
        ("https://App.Example:443/some/page", "https://app.example"),
        ("http://localhost:3000", "http://localhost:3000"),
    ],
)
def test_an_opener_origin_is_brought_into_its_canonical_form(given: str | None, origin: str) -> None:
    assert Configuration(opener_origin=given).checked_opener_origin == origin


def test_the_token_is_had_by_asking_and_missed_in_words() -> None:
    given = Configuration(region="us", master_token=Secret(_TOKEN))
    assert given.choose().token == Secret(_TOKEN)
    with pytest.raises(MissingTokenError) as raised:
        Account(Configuration(region="us"), for_dialog=False)
    assert raised.value.exit_code is ExitCode.USAGE
    assert "TRAY_MASTER_TOKEN" in raised.value.advice


def test_the_token_is_not_in_the_configurations_repr() -> None:
    configuration = Configuration(master_token=Secret(_TOKEN))
    assert _TOKEN not in repr(configuration)
    assert "master_token" not in repr(configuration)


@pytest.mark.parametrize(("value", "taken"), [(f" {_TOKEN}\n", Secret(_TOKEN)), ("  ", None), ("", None)])
def test_the_token_is_taken_out_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, value: str, taken: Secret | None
) -> None:
    monkeypatch.setenv("TRAY_MASTER_TOKEN", value)
    assert master_token_from_environment() == taken
    assert "TRAY_MASTER_TOKEN" not in os.environ
    assert master_token_from_environment() is None


def test_no_child_process_inherits_the_token() -> None:
    script = (
        "import subprocess, sys\n"
        "from tray_auth_desktop.configuration import master_token_from_environment\n"
        "assert master_token_from_environment()\n"
        "child = [sys.executable, '-c', 'import os; print(os.environ.get(\"TRAY_MASTER_TOKEN\"))']\n"
        "print(subprocess.run(child, capture_output=True, text=True, check=True).stdout)\n"
    )
    environment = {**os.environ, "TRAY_MASTER_TOKEN": _TOKEN}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.split() == ["None"]


_BOOK = """
active = "acme"

[settings]
history_days = 7
color_scheme = "dark"

[workspaces.acme]
region = "eu1"
embedded_id = "acme"

[workspaces.beta]
embedded_id = "beta"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(_BOOK)
    return tmp_path


def test_the_file_says_what_is_in_use_and_flags_change_it(folder: Path) -> None:
    choice = Configuration(config_dir=folder).choose()
    assert (choice.name, choice.is_kept) == ("acme", True)
    assert choice.workspace().hosts.graphql_url == "https://eu1.tray.io/graphql"
    changed = Configuration(config_dir=folder, workspace="BETA", region="ap1").choose()
    assert changed.name == "beta"
    assert changed.workspace().hosts.rest_url == "https://api.ap1.tray.io"


def test_what_is_described_without_a_name_counts_more_than_the_file(folder: Path) -> None:
    choice = Configuration(config_dir=folder, embedded_id="other").choose()
    assert (choice.name, choice.is_kept) == ("other", False)
    assert choice.workspace().hosts.graphql_url == "https://tray.io/graphql"


def test_a_name_that_is_asked_for_takes_the_workspace_as_it_is_kept(folder: Path) -> None:
    configuration = Configuration(
        config_dir=folder, workspace="beta", region="ap1", master_token=Secret(_TOKEN)
    )
    choice = configuration.choose("Acme")
    assert choice.workspace().hosts.graphql_url == "https://eu1.tray.io/graphql"
    assert choice.token is None, "the environment's token may be another workspace's"
    assert choice.other_token == Secret(_TOKEN)
    assert _TOKEN not in repr(choice)
    assert configuration.choose().token == Secret(_TOKEN)


def test_the_stand_in_can_be_had_whatever_the_file_is_like(folder: Path) -> None:
    for text in (_BOOK, "active = ", 'active = "stand-in"'):
        (folder / "config.toml").write_text(text)
        assert Configuration(config_dir=folder, workspace="Stand-In").choose().entry is None
        assert Configuration(config_dir=folder).choose("stand-in").entry is None
    assert Configuration(config_dir=folder).choose().entry is None
    described = Configuration(config_dir=folder, master_token=Secret(_TOKEN)).choose()
    assert described.entry is not None


def test_an_unknown_name_and_a_file_that_cannot_be_read_are_said(folder: Path) -> None:
    with pytest.raises(UsageError) as raised:
        Configuration(config_dir=folder, workspace="gamma").choose()
    assert "acme, beta, stand-in" in raised.value.advice
    (folder / "config.toml").write_text("active = \n")
    with pytest.raises(UsageError, match="line 1, column 10"):
        Configuration(config_dir=folder).choose()


def test_preferences_come_from_flags_then_the_file_then_the_defaults(folder: Path) -> None:
    assert Configuration(config_dir=folder).kept_days == 7
    assert Configuration(config_dir=folder, history_days="9").kept_days == 9
    assert Configuration(config_dir=folder).preference(COLOR_SCHEME) == "dark"
    (folder / "config.toml").write_text("active = \n")
    assert Configuration(config_dir=folder).kept_days == 365
    assert Configuration(config_dir=folder / "none").preference(COLOR_SCHEME) == "system"


def test_a_proxy_with_a_password_is_refused_and_the_password_not_repeated() -> None:
    with pytest.raises(UsageError, match="password") as raised:
        Configuration(embedded_id="acme", proxy="http://jim:s3cr3t@proxy.example").choose().workspace()
    assert "s3cr3t" not in raised.value.explanation
