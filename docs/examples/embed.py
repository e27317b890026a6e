"""Collect one credential inside a PySide6 application of your own.

TRAY_MASTER_TOKEN=… TRAY_EMBEDDED_ID=… python embed.py USER_ID SERVICE_ID SERVICE_ENVIRONMENT_ID
"""

# ruff: noqa: T201 - it prints its result

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop import AuthDialog, DialogRequest, Hosts, Outcome, Region, Secret, TrayClient, Workspace


def workspace() -> Workspace:
    """The account to work against: Tray's hosts of a region, or those the environment names."""
    hosts = Hosts.for_region(Region.US).override(
        os.environ.get("TRAY_GRAPHQL_URL"), os.environ.get("TRAY_REST_URL"), os.environ.get("TRAY_DIALOG_URL")
    )
    return Workspace("Acme", hosts, os.environ["TRAY_EMBEDDED_ID"], opener_origin="https://app.acme.example")


class Settings(QWidget):
    """A page of the application, with a button that collects a credential."""

    def __init__(self, request: DialogRequest) -> None:
        super().__init__()
        self._account = workspace()
        self._request = request
        # In earnest this function calls your own backend, which asks Tray for a code: then no master
        # token is on this computer. It is called on a worker thread, so it may wait.
        self._client = TrayClient(self._account.hosts, Secret(os.environ.pop("TRAY_MASTER_TOKEN")))
        self._state = QLabel("Not connected.", self)
        self.button = QPushButton("Connect…", self)
        self.button.clicked.connect(self.connect_account)
        layout = QVBoxLayout(self)
        layout.addWidget(self._state)
        layout.addWidget(self.button)

    def connect_account(self) -> None:
        """Open the dialog; exactly one of its three signals will say how it ended."""
        dialog = AuthDialog(
            self._request,
            workspace=self._account,
            authorization_code=self._client.generate_authorization_code,
            authentications=self._client.authentications_of,
            parent=self,
        )
        dialog.captured.connect(self._on_captured)
        dialog.confirmed.connect(lambda outcome: self._say(f"confirmed {outcome.confirmed}"))
        dialog.closed.connect(lambda outcome: self._say(f"closed: {outcome.message}"))
        dialog.failed.connect(lambda outcome: self._say(f"failed: {outcome.message}"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _code: self.close())
        dialog.open()

    def _on_captured(self, outcome: Outcome) -> None:
        self._say(f"authId {outcome.auth_id}")

    def _say(self, text: str) -> None:
        self._state.setText(text)
        print(text, flush=True)


def main() -> int:
    """Show the page and press its button, as a person would."""
    application = QApplication(sys.argv[:1])  # after the import of AuthDialog, or see docs/embedding.md
    user_id, service_id, environment_id = sys.argv[1:4]
    settings = Settings(DialogRequest(user_id, service_id, environment_id))
    settings.show()
    settings.button.click()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
