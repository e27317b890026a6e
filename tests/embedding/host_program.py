# ruff: noqa: T201 - what it prints is what the test reads
"""An application that embeds the dialog, in one of several ways; prints what it hears. For a test."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication
from shiboken6 import delete

WAY = sys.argv[1]
if WAY != "late import":
    import tray_auth_desktop.embedding.auth_dialog  # noqa: F401 - as a host imports it: before the application
if WAY == "own view":
    from PySide6.QtWebEngineWidgets import QWebEngineView

application = QApplication(sys.argv[:1])

from tray_auth_desktop import AuthDialog, DialogRequest, Hosts, Secret, TrayClient, Workspace  # noqa: E402

view = None
if WAY == "own view":
    view = QWebEngineView()
    view.setHtml("<p>the application's own page</p>")
    view.show()

environment = os.environ
account = Workspace(
    "Acme",
    Hosts(environment["TRAY_GRAPHQL_URL"], environment["TRAY_REST_URL"], environment["TRAY_DIALOG_URL"]),
    environment["TRAY_EMBEDDED_ID"],
    "https://app.example",
)
client = TrayClient(account.hosts, Secret(environment["TRAY_MASTER_TOKEN"]))
request = DialogRequest(*sys.argv[2:5])  # type: ignore[arg-type]  # three ids

if WAY == "run":
    outcome = AuthDialog.run(request, workspace=account, client=client)
    print("returned", outcome.kind.value, outcome.confirmed, flush=True)
    sys.exit(int(outcome.exit_code))

dialog = AuthDialog(request, workspace=account, client=client)
for name in ("captured", "closed", "failed", "confirmed"):
    getattr(dialog, name).connect(lambda outcome, name=name: print(name, outcome.message or "", flush=True))
if WAY == "quit":
    dialog._attempt.runner_made.connect(lambda runner: runner.loaded.connect(application.quit))
dialog.open()
if WAY != "quit":
    dialog.finished.connect(application.quit)
code = application.exec()
if view is not None:
    print("own page", view.page().url().scheme(), flush=True)
    delete(view)
sys.exit(code)
