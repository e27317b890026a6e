"""Runs `create`: in an order in which nothing waits for what could be done meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli.early_calls import EarlyCalls
from tray_auth_desktop.cli.notices import say, say_recovered
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.errors import EngineError

if TYPE_CHECKING:
    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.core.dialog_url import DialogRequest


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
    """Start the engine first; what is imported below was imported meanwhile, by `EarlyCalls`."""
    engine = app.Engine(configuration, account)
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
    signals.deliver_early_ones()
    application.exec()
    signals.close()
    context.tasks.close()
    engine.close()
    finish_deletions()
    journal.close()
    return run.exit_code
