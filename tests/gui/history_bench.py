"""The page of past attempts on a real journal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.gui.history_page import HistoryPage
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.journal.schema import connect
from tray_auth_desktop.onboarding.tasks import Tasks

CREATED = DialogRequest("user-1", "svc-1", "env-1", ("read",))
EDITED = DialogRequest("user-2", kind=DialogKind.EDIT, auth_id="auth-9", service_name="slack")
SOLUTION = DialogRequest(
    "user-3", kind=DialogKind.SOLUTION, solution_instance_id="inst-1", external_auth_id="slot-1"
)


class Clock:
    """Says what time it is; an hour passes each time."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        self.now += 3_600
        return self.now


@pytest.fixture
def journal() -> Iterator[Journal]:
    made = Journal(None, connect(":memory:"), clock=Clock())
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, journal: Journal) -> Iterator[HistoryPage]:
    tasks = Tasks()
    made = HistoryPage(lambda: journal, tasks)
    qtbot.addWidget(made)
    made.resize(1_200, 700)
    yield made
    tasks.close()


def fill(journal: Journal) -> None:
    """Write down one attempt of each kind; the newest is captured."""
    journal.begin("a-open", "Acme", SOLUTION)
    journal.begin("a-failed", "Acme", EDITED, Subject("Pam Beesly", authentication="Team"))
    journal.record("a-failed", TimelineEvent(7, Observation(EventKind.MESSAGE, "It said no", {"size": 3})))
    journal.settle("a-failed", Outcome.without_result(OutcomeKind.FAILED, "No such env. Try again."), 75_000)
    journal.begin("a-good", "Beta", CREATED, Subject("=HYPERLINK(1)", "Slack", "Production"))
    journal.settle("a-good", Outcome.captured("auth-1", Via.SEVERED_OPENER, "oauth"), 8_123)
    journal.confirm("a-good")


def show(qtbot: QtBot, page: HistoryPage) -> None:
    page.show()
    qtbot.waitExposed(page)


def ids(page: HistoryPage) -> list[str]:
    return [attempt.attempt_id for attempt in page.shown_attempts()]


def select(page: HistoryPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    page.view.clearSelection()
    for row in rows:
        page.view.selectionModel().setCurrentIndex(page.model.index(row, 0), flags.Select | flags.Rows)
