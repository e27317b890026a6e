"""Test runs on a workspace of the person's own, for which the stand-in stands here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.qa.conftest import RunPytest
from tests.qa.test_qa_plugin import COLLECTS, ONE
from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.models import UserCriteria
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.program


@pytest.fixture
def client(stand_in: StandIn) -> Iterator[TrayClient]:
    hosts = Hosts(stand_in.graphql_url, stand_in.rest_url, stand_in.dialog_url)
    client = TrayClient(hosts, Secret(stand_in.master_token))
    yield client
    client.close()


@pytest.fixture
def workspace(stand_in: StandIn, tmp_path: Path) -> dict[str, str]:
    """Describe the stand-in as a workspace in a file, as a real one would be. Returns the environment."""
    folder = tmp_path / "config"
    folder.mkdir()
    hosts = (("graphql_url", stand_in.graphql_url), ("rest_url", stand_in.rest_url))
    lines = [f'{name} = "{value}"' for name, value in (*hosts, ("dialog_url", stand_in.dialog_url))]
    entry = "\n".join(["[workspaces.mine]", f'embedded_id = "{stand_in.embedded_id}"', *lines])
    (folder / "config.toml").write_text(entry + "\n")
    return {"TRAY_CONFIG_DIR": str(folder), "TRAY_MASTER_TOKEN": stand_in.master_token}


def test_a_workspace_is_used_for_its_test_users_only(
    run_pytest: RunPytest, workspace: dict[str, str], stand_in: StandIn
) -> None:
    test = (
        f"{ONE}\ndef test_nobody_else(auth_dialog):\n    collect(auth_dialog('twilio', user='Mei Tanaka'))\n"
        "def test_no_token_is_inherited(auth_dialog):\n    import os\n"
        "    assert 'TRAY_MASTER_TOKEN' not in os.environ\n"
    )
    before = len(stand_in.requests)
    run = run_pytest(test, "--tray-workspace", "mine", **workspace)
    assert run.code == 1, run.text
    assert "1 failed, 2 passed" in run.text
    assert "The end user 'Mei Tanaka' is no test user." in run.text
    assert "--tray-any-user" in run.text
    assert len(stand_in.requests) > before
    assert stand_in.master_token not in run.text + run.errors
    run = run_pytest(test, "--tray-workspace", "mine", "--tray-any-user", **workspace)
    assert "3 passed" in run.text


def test_a_workspace_that_is_unknown_is_said(run_pytest: RunPytest, workspace: dict[str, str]) -> None:
    run = run_pytest(ONE, "--tray-workspace", "other", **workspace)
    assert run.code == 1
    assert "other" in run.text
    assert "1 error" in run.text


# Several workers.

ONE_GIVES_UP_WHILE_ANOTHER_CREATES = f"""
import pytest
{COLLECTS}
def test_gives_up(auth_dialog, record_property):
    try:
        dialog = auth_dialog("twilio")
    finally:
        open("opened", "w").close()
    open("created").read()
    dialog.close()
    outcome = dialog.outcome()
    assert (outcome.kind, outcome.auth_id) == ("closed", None)

def test_creates(auth_dialog):
    open("opened").read()
    try:
        collect(auth_dialog("twilio"))
    finally:
        open("created", "w").close()
"""


@pytest.fixture
def two_test_users(client: TrayClient) -> Iterator[None]:
    """Give the workspace a second test user."""
    made = client.create_user("Noor Haddad", "ext-test-2", is_test_user=True)
    yield
    client.delete_user(made)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the two workers wait for each other by named pipes")
@pytest.mark.usefixtures("two_test_users")
def test_what_one_worker_makes_is_not_credited_to_another(
    run_pytest: RunPytest, workspace: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "project").mkdir()
    for name in ("opened", "created"):
        os.mkfifo(tmp_path / "project" / name)
    test = ONE_GIVES_UP_WHILE_ANOTHER_CREATES
    run = run_pytest(test, "--tray-workspace", "mine", "-n", "2", plugins=("xdist",), **workspace)
    assert "2 passed" in run.text, run.text


@pytest.mark.usefixtures("two_test_users")
def test_each_worker_has_a_test_user_of_its_own(
    run_pytest: RunPytest, workspace: dict[str, str], client: TrayClient
) -> None:
    pages = client.all_users(UserCriteria(is_test_user=True))
    users = sorted(user.user_id for page in pages for user in page.users if user.is_test_user)
    test = (
        f"import pytest\n{COLLECTS}\nUSERS = {users!r}\n@pytest.mark.parametrize('number', range(4))\n"
        "def test_many(auth_dialog, number, worker_id):\n"
        "    own, other = USERS if worker_id == 'gw0' else USERS[::-1]\n"
        "    collect(auth_dialog('twilio', user=own))\n"
        "    with pytest.raises(AssertionError, match='Another worker may make authentications'):\n"
        "        auth_dialog('twilio', user=other)\n"
    )
    before = [len(client.authentications_of(user)) for user in users]
    run = run_pytest(test, "--tray-workspace", "mine", "-n", "2", plugins=("xdist",), **workspace)
    assert "4 passed" in run.text, run.text
    after = [len(client.authentications_of(user)) for user in users]
    assert all(now > then for now, then in zip(after, before, strict=True))


def test_workers_without_a_test_user_are_refused_with_how_many_there_can_be(
    run_pytest: RunPytest, workspace: dict[str, str]
) -> None:
    run = run_pytest(ONE, "--tray-workspace", "mine", "-n", "2", plugins=("xdist",), **workspace)
    assert run.code == 1
    assert "2 workers need a test user each; the workspace has 1. Run with -n 1 at most" in run.text
    run = run_pytest(ONE, "--tray-workspace", "mine", "-n", "1", plugins=("xdist",), **workspace)
    assert run.code == 0, run.text
