from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from tests.embedding.filling_host import FillingHost
from tests.embedding.host_bench import TWILIO, USER_ID, Backend, finish_deletions
from tests.program_run import ROOT
from tests.serving import running
from tray_auth_desktop import AuthDialog, DialogRequest, Hosts, Secret, TrayClient, Workspace
from tray_auth_desktop.standin import StandIn

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn() as service:
        yield service


@pytest.fixture
def workspace(standin: StandIn) -> Workspace:
    hosts = Hosts(standin.graphql_url, standin.rest_url, standin.dialog_url)
    return Workspace("Acme", hosts, standin.embedded_id, "https://app.example")


@pytest.fixture
def client(standin: StandIn, workspace: Workspace) -> Iterator[TrayClient]:
    made = TrayClient(workspace.hosts, Secret(standin.master_token))
    yield made
    made.close()


@pytest.fixture
def backend(client: TrayClient) -> Backend:
    return Backend(client)


@pytest.fixture
def request_made() -> DialogRequest:
    return DialogRequest(USER_ID, *TWILIO)


@pytest.fixture
def make(
    qapp: object, workspace: Workspace, request_made: DialogRequest
) -> Iterator[Callable[..., AuthDialog]]:
    """Makes dialogs for the stand-in, and takes them down in the end."""
    made: list[AuthDialog] = []

    def build(**options: object) -> AuthDialog:
        options.setdefault("workspace", workspace)
        dialog = AuthDialog(request_made, **options)  # type: ignore[arg-type]  # each test gives what fits
        made.append(dialog)
        return dialog

    yield build
    for dialog in made:
        try:
            dialog.dispose()
            dialog.deleteLater()
        except RuntimeError:  # the test deleted it
            continue
    finish_deletions()


@pytest.fixture
def host(standin: StandIn) -> Iterator[FillingHost]:
    server = FillingHost(standin.dialog_url)
    with running(server):
        yield server


@pytest.fixture
def environment(standin: StandIn, host: FillingHost, tmp_path: Path) -> dict[str, str]:
    """What a person has set up: the program on the PATH, the token in the environment."""
    program = tmp_path / "bin" / "tray-auth-desktop"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tray_auth_desktop "$@"\n')
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAY_")}
    return (
        kept
        | standin.environment()
        | {
            "TRAY_DIALOG_URL": host.origin,
            "TRAY_DATA_DIR": str(tmp_path / "data"),
            "TRAY_CONFIG_DIR": str(tmp_path / "config"),
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }
    )
