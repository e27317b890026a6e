"""Runs `create` and `edit`: in an order in which nothing waits for what could be done meanwhile."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, Protocol

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.early_calls import EarlyCalls
from tray_auth_desktop.cli.notices import say, say_recovered, say_resolved
from tray_auth_desktop.cli.prompts import MasterTokenPrompt, can_ask
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.errors import ApiError, EngineError, NetworkError, TrayAuthError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.subject import Subject
    from tray_auth_desktop.gui.create_window import CreateWindow
    from tray_auth_desktop.gui.ports import DialogWidget
    from tray_auth_desktop.journal import Journal
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
    from tray_auth_desktop.onboarding.context import AttemptContext
    from tray_auth_desktop.onboarding.leftovers import Leftovers
    from tray_auth_desktop.onboarding.ports import AttemptClient
    from tray_auth_desktop.onboarding.tasks import Tasks


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


class _Order(NamedTuple):
    """What was asked for on the command line; see `run_attempt`."""

    configuration: Configuration
    choice: Choice
    limit_s: float
    presentation: Presentation
    is_inspected: bool


def run_attempt(
    configuration: Configuration,
    choice: Choice,
    limit_s: float,
    presentation: Presentation = AS_EVER,
    *,
    is_code_given: bool = False,
    is_inspected: bool = False,
) -> int:
    """Open the dialog, wait for its outcome, print it. Returns the exit code.

    Args:
        configuration: What flags and environment say.
        choice: What the dialog is for.
        limit_s: Seconds the attempt may take.
        presentation: How the dialog is shown to its page.
        is_code_given: Whether the code comes by standard input; then no master token is used.
        is_inspected: Whether the web inspector opens with the dialog.

    Raises:
        UsageError: the configuration cannot be used, or what is asked for cannot be found.
    """
    may_ask = configuration.master_token is None and can_ask() and not is_code_given
    ask = MasterTokenPrompt(configuration) if may_ask else None
    account = app.Account(configuration, ask=ask, needs_master_token=not is_code_given)
    try:
        client = _ready_client(account) if is_code_given else account.client
        request, subject = _looked_up(account, choice, may_ask=may_ask)
        order = _Order(configuration, choice, limit_s, presentation, is_inspected)
        return _run(account, order, request, subject, client)
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
    order: _Order,
    request: DialogRequest,
    subject: Subject | None,
    client: Callable[[], AttemptClient],
) -> int:
    """Start the engine first; what is imported below was imported meanwhile, by `EarlyCalls`."""
    from tray_auth_desktop.onboarding.api_calls import ApiCalls

    engine = app.Engine(order.configuration, account)
    application = make_application(order.configuration, lambda error: _refused(error, order.choice))
    observed = ApiCalls(client)
    calls = EarlyCalls(observed.client, request.user_id)
    engine.warm_up(meanwhile=calls.make)

    from tray_auth_desktop.cli.create_run import CreateRun
    from tray_auth_desktop.cli.signals import StopSignals
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
    from tray_auth_desktop.onboarding.limits import AttemptLimits
    from tray_auth_desktop.onboarding.tasks import Tasks

    journal = _opened_journal(order.configuration, engine)
    limits = AttemptLimits(attempt_s=order.limit_s)
    context = app.attempt_context(account, engine, journal, Tasks(), limits, client=calls.client)
    runner = AttemptRunner(request, context, subject=subject, presentation=order.presentation)
    observed.follow(runner.recorder)
    if order.is_inspected:
        runner.dialog_made.connect(_inspect)
    run = CreateRun(runner, journal, _window(account, order, request))
    leftovers = _leftovers(runner, context)
    leftovers.start(leave_to_attempt=request.user_id)
    run.start()
    with closing(StopSignals(run.stop)) as signals:
        signals.deliver_early_ones()
        application.exec()
    leftovers.cancel()
    _close(context.tasks, engine, journal)
    return run.exit_code


def _close(tasks: Tasks, engine: app.Engine, journal: Journal) -> None:
    """Give everything back: no page, process or lock is left behind."""
    tasks.close()
    engine.close()
    finish_deletions()
    journal.close()


def _opened_journal(configuration: Configuration, engine: app.Engine) -> Journal:
    """Open the journal, and say what is to be said before the attempt."""
    journal = app.open_journal(configuration)
    for notice in (engine.notice, journal.warning):
        say(notice)
    say_recovered(journal)
    return journal


def _window(account: app.Account, order: _Order, request: DialogRequest) -> CreateWindow:
    from tray_auth_desktop.gui.create_window import CreateWindow

    window = CreateWindow(account.face, order.presentation.size)
    if request.kind is DialogKind.EDIT:
        window.setWindowTitle(f"Edit authentication — {account.face.name}")
    return window


def _leftovers(runner: AttemptRunner, context: AttemptContext) -> Leftovers:
    """Return what resolves attempts that were cut off earlier; those of the same end user by the new list."""
    from tray_auth_desktop.onboarding.leftovers import Leftovers

    journal, user_id = context.journal, runner.attempt.request.user_id
    leftovers = Leftovers(context.workspace_name, journal, context.client, context.tasks)
    leftovers.resolved.connect(lambda attempt_id, outcome: say_resolved(journal, attempt_id, outcome))
    runner.listed.connect(lambda listed: leftovers.use_list(user_id, listed))
    return leftovers


def _inspect(dialog: DialogWidget) -> None:
    """Open the web inspector with the dialog."""
    dialog.inspect()
