"""Runs `create` and `edit`: in an order in which nothing waits for what could be done meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.early_calls import EarlyCalls
from tray_auth_desktop.cli.notices import say, say_recovered, say_resolved
from tray_auth_desktop.cli.prompts import MasterTokenPrompt, can_ask
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.errors import ApiError, EngineError, NetworkError, TrayAuthError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.subject import Subject
    from tray_auth_desktop.onboarding.ports import AttemptClient


class Choice(Protocol):
    """What the dialog is for, as far as the command line says it."""

    @property
    def draft(self) -> DialogRequest:
        """The request, before anything is looked up."""
        ...

    @property
    def user_id(self) -> str:
        """Tray's id of the end user, as far as it is known yet."""
        ...

    def request(self, account: app.Account) -> tuple[DialogRequest, Subject | None]:
        """Return the request; may ask Tray for what the command line names otherwise."""
        ...


def run_attempt(
    configuration: Configuration, choice: Choice, limit_s: float, *, is_code_given: bool = False
) -> int:
    """Open the dialog, wait for its outcome, print it. Returns the exit code.

    Args:
        configuration: What flags and environment say.
        choice: What the dialog is for.
        limit_s: Seconds the attempt may take.
        is_code_given: Whether the code comes by standard input; then no master token is used.

    Raises:
        UsageError: the configuration cannot be used, or what is asked for cannot be found.
    """
    may_ask = configuration.master_token is None and can_ask() and not is_code_given
    ask = MasterTokenPrompt(configuration) if may_ask else None
    account = app.Account(configuration, ask=ask, needs_master_token=not is_code_given)
    try:
        client = _ready_client(account) if is_code_given else account.client
        request, subject = _looked_up(account, choice, may_ask=may_ask)
        return _run(account, configuration, request, subject, limit_s, client, choice)
    except (ApiError, NetworkError, EngineError) as error:
        return _refused(error, choice)
    except KeyboardInterrupt:
        from tray_auth_desktop.onboarding import words

        return _end_early(words.interrupted(), choice)
    finally:
        account.close()


def _ready_client(account: app.Account) -> Callable[[], AttemptClient]:
    """Read the code now, while nothing else runs, and return what gives it out."""
    from tray_auth_desktop.cli.ready_code import ReadyClient, read_code, user_token_from_environment

    client = ReadyClient(read_code(), user_token_from_environment(), account.client)
    return lambda: client


def _looked_up(
    account: app.Account, choice: Choice, *, may_ask: bool
) -> tuple[DialogRequest, Subject | None]:
    """Return the request. Ctrl-C breaks off the calls for it; afterwards it is noted for Qt again.

    Where the master token may have to be typed, that comes first: no clock runs yet.
    """
    try:
        early_stop.interrupt()
        if may_ask and not account.face.is_stand_in:
            account.client()
        return choice.request(account)
    finally:
        early_stop.listen()


def _refused(error: TrayAuthError, choice: Choice) -> int:
    """Answer for an attempt that could not begin."""
    from tray_auth_desktop.onboarding import words

    return _end_early(words.refused(error), choice)


def _end_early(outcome: Outcome, choice: Choice) -> int:
    """Answer for an attempt that never began."""
    from tray_auth_desktop.cli.outcome_line import outcome_line

    click.echo(outcome_line(outcome, "", choice.user_id, 0, choice.draft.kind))
    say(outcome.message or "")
    return outcome.exit_code


def _run(
    account: app.Account,
    configuration: Configuration,
    request: DialogRequest,
    subject: Subject | None,
    limit_s: float,
    client: Callable[[], AttemptClient],
    choice: Choice,
) -> int:
    """Start the engine first; what is imported below was imported meanwhile, by `EarlyCalls`."""
    engine = app.Engine(configuration, account)
    application = make_application(configuration, lambda error: _refused(error, choice))
    calls = EarlyCalls(client, request.user_id)
    engine.warm_up(meanwhile=calls.make)

    from tray_auth_desktop.cli.create_run import CreateRun
    from tray_auth_desktop.cli.signals import StopSignals
    from tray_auth_desktop.gui.create_window import CreateWindow
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
    from tray_auth_desktop.onboarding.leftovers import Leftovers
    from tray_auth_desktop.onboarding.limits import AttemptLimits
    from tray_auth_desktop.onboarding.tasks import Tasks

    journal = app.open_journal(configuration)
    for notice in (engine.notice, journal.warning):
        say(notice)
    say_recovered(journal)
    limits = AttemptLimits(attempt_s=limit_s)
    context = app.attempt_context(account, engine, journal, Tasks(), limits, client=calls.client)
    window = CreateWindow(account.face)
    if request.kind is DialogKind.EDIT:
        window.setWindowTitle(f"Edit authentication — {account.face.name}")
    runner = AttemptRunner(request, context, subject=subject)
    run = CreateRun(runner, journal, window)
    leftovers = Leftovers(context.workspace_name, journal, context.client, context.tasks)
    leftovers.resolved.connect(lambda attempt_id, outcome: say_resolved(journal, attempt_id, outcome))
    runner.listed.connect(lambda listed: leftovers.use_list(request.user_id, listed))
    signals = StopSignals(run.stop)
    leftovers.start(leave_to_attempt=request.user_id)
    run.start()
    signals.deliver_early_ones()
    application.exec()
    signals.close()
    leftovers.cancel()
    context.tasks.close()
    engine.close()
    finish_deletions()
    journal.close()
    return run.exit_code
