"""Runs `create`: in an order in which nothing waits for what could be done meanwhile."""

from __future__ import annotations

import threading
from contextlib import suppress

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli.notices import say, say_recovered
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.errors import EngineError, TrayAuthError
from tray_auth_desktop.onboarding.early_client import EarlyClient


def run_attempt(configuration: Configuration, request: DialogRequest, limit_s: float) -> int:
    """Open the dialog, wait for its outcome, print it. Returns the exit code.

    Raises:
        UsageError: the configuration cannot be used.
    """
    account = app.Account(configuration)
    try:
        return _run(account, configuration, request, limit_s)
    except EngineError as error:
        from tray_auth_desktop.cli.create_run import outcome_line
        from tray_auth_desktop.onboarding import words

        outcome = words.refused(error)
        click.echo(outcome_line(outcome, "", request.user_id, 0))
        say(outcome.message or "")
        return outcome.exit_code
    finally:
        account.close()


def _run(account: app.Account, configuration: Configuration, request: DialogRequest, limit_s: float) -> int:
    engine = app.Engine(configuration, account.face)
    application = make_application(configuration)
    calls = EarlyCalls(account, request.user_id)
    engine.warm_up(meanwhile=calls.make)
    from tray_auth_desktop.cli.create_run import CreateRun
    from tray_auth_desktop.cli.signals import StopSignals
    from tray_auth_desktop.gui.create_window import CreateWindow
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
    from tray_auth_desktop.onboarding.limits import AttemptLimits
    from tray_auth_desktop.onboarding.tasks import Tasks

    journal = app.open_journal(configuration)
    for notice in (engine.notice, journal.warning):
        say(notice)
    say_recovered(journal)
    limits = AttemptLimits(attempt_s=limit_s)
    context = app.attempt_context(account, engine, journal, Tasks(), limits, client=calls.client)
    run = CreateRun(AttemptRunner(request, context), journal, CreateWindow(account.face))
    signals = StopSignals(run.stop)
    run.start()
    application.exec()
    signals.close()
    context.tasks.close()
    engine.close()
    finish_deletions()
    journal.close()
    return run.exit_code


class EarlyCalls:
    """Loads and builds the client, and asks for code and list, on a thread while the engine starts."""

    def __init__(self, account: app.Account, user_id: str) -> None:
        self._account = account
        self._user_id = user_id
        self._lock = threading.Lock()
        self._client: EarlyClient | None = None

    def make(self) -> None:
        """Begin. What fails here fails again where it is needed, and is reported there."""
        with suppress(TrayAuthError):
            self.client()

    def client(self) -> EarlyClient:
        """Return the one client, which was asked already. May wait; not for Qt's thread.

        Raises:
            TrayAuthError: there is no client.
        """
        with self._lock:
            if self._client is None:
                self._client = EarlyClient(self._account.client(), self._user_id)
            return self._client
