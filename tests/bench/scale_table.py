"""Loads a very long list into a table, types into its filter, and says on stderr how that went.

Arguments: `ours` or `plain`. Standard input: the addresses of the stand-in, its master token and the
end user's id, as JSON.

`plain` is what one would write first: a model over a Python list, a QSortFilterProxyModel before it, and
the same client on the same kind of thread.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

from tests.bench.plain_table import PlainTable
from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret

#: Typed letter by letter, then taken back letter by letter.
_TYPED = ("account 99", "zzz", "e5")
_BEAT_MS = 1
_SETTLE_MS = 1_500


class Contestant(Protocol):
    """A table that can be filled and filtered."""

    def load(self, client: TrayClient, user_id: str, done: Callable[[], None]) -> None:
        """Fetch the list."""
        ...

    @property
    def window(self) -> QWidget:
        """What is on the screen."""
        ...

    @property
    def view(self) -> QTableView:
        """The table in it."""
        ...

    @property
    def line(self) -> QLineEdit:
        """What is typed into."""
        ...

    @property
    def is_busy(self) -> bool:
        """Whether the result of a keystroke is still to come."""
        ...


class Ours:
    """The table of the program."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self.window = self._table = AuthenticationTable()
        self.view, self.line = self._table.view, self._table.filter_line

    @property
    def is_busy(self) -> bool:
        """Whether slices are left."""
        return self._table.model.work.is_running

    def load(self, client: TrayClient, user_id: str, done: Callable[[], None]) -> None:
        """As the window does it."""
        self._catalog = Catalog(lambda: client, self._tasks)
        self._catalog.authentications_changed.connect(self._table.set_state)
        self._catalog.authentications_changed.connect(
            lambda state: done() if getattr(state, "is_partial", True) is False else None
        )
        self._catalog.load_authentications(user_id)


class Watch(QObject):
    """Notes when the table is painted with rows in it, and the longest time the event loop was away."""

    def __init__(self, view: QTableView) -> None:
        super().__init__()
        self._view = view
        self.first_rows_at = 0.0
        self.painted_at = 0.0
        self.longest_gap_s = 0.0
        self._beat_at = time.perf_counter()
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        view.viewport().installEventFilter(self)

    def start(self) -> None:
        """Begin to measure gaps."""
        self._beat_at, self.longest_gap_s = time.perf_counter(), 0.0
        self._timer.start()

    def stop(self) -> float:
        """Return the longest gap in milliseconds."""
        self._timer.stop()
        return self.longest_gap_s * 1_000

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at paints only."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.painted_at = time.perf_counter()
        if not self.first_rows_at and self._view.model().rowCount():
            self.first_rows_at = self.painted_at

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.longest_gap_s = max(self.longest_gap_s, now - self._beat_at)
        self._beat_at = now


class Run(QObject):
    """Load, then type; one step after the other."""

    def __init__(self, contestant: Contestant, client: TrayClient, user_id: str) -> None:
        super().__init__()
        self._table, self._client, self._user_id = contestant, client, user_id
        self._watch = Watch(contestant.view)
        self._keys = [
            text[:end] for text in _TYPED for end in (*range(1, len(text) + 1), *range(len(text) - 1, -1, -1))
        ]
        self._took: list[float] = []
        self._began_at = self._memory = 0.0

    def begin(self) -> None:
        """The window is on the screen."""
        self._memory = _rss_kib()
        self._began_at = time.perf_counter()
        self._watch.start()
        self._table.load(self._client, self._user_id, self._on_loaded)

    def _on_loaded(self) -> None:
        tell("loaded after ms:", (time.perf_counter() - self._began_at) * 1_000)
        QTimer.singleShot(_SETTLE_MS, self, self._on_settled)

    def _on_settled(self) -> None:
        tell("longest gap ms:", self._watch.stop())
        tell("first rows after ms:", (self._watch.first_rows_at - self._began_at) * 1_000)
        count = self._table.view.model().rowCount()
        if not count:
            _fail(RuntimeError("no rows came"))
        _trim()
        tell("memory per row B:", (_rss_kib() - self._memory) * 1_024 / max(1, count))
        self._watch.start()
        self._press()

    def _press(self) -> None:
        if not self._keys:
            tell("keystroke median ms:", statistics.median(self._took))
            tell("keystroke worst ms:", max(self._took))
            tell("longest gap while typing ms:", self._watch.stop())
            QApplication.quit()
            return
        self._pressed_at = time.perf_counter()
        self._table.line.setText(self._keys.pop(0))
        self._wait()

    def _wait(self) -> None:
        """Wait until the result is there and painted; a table that shows the same is painted all the same."""
        if self._table.is_busy:
            QTimer.singleShot(0, self, self._wait)
            return
        self._table.view.viewport().repaint()
        self._took.append((time.perf_counter() - self._pressed_at) * 1_000)
        QTimer.singleShot(30, self, self._press)


def tell(what: str, value: float) -> None:
    """Say it to whoever measures."""
    print(f"{what}{value:.2f}", file=sys.stderr, flush=True)


def _fail(error: Exception) -> None:
    print(f"failed: {error!r}", file=sys.stderr, flush=True)
    QApplication.quit()


def _rss_kib() -> float:
    text = Path("/proc/self/status").read_text()
    return float(text.partition("VmRSS:")[2].split()[0])


def _trim() -> None:
    """Give back to the system what the allocator only keeps: the reply's text is no part of the list."""
    import ctypes

    ctypes.CDLL(None).malloc_trim(0)


def main() -> None:
    """Run until everything is measured."""
    given = json.loads(sys.stdin.readline())
    application = QApplication([])
    tasks = Tasks()
    contestant: Contestant = Ours(tasks) if sys.argv[1] == "ours" else PlainTable(tasks)
    hosts = Hosts(given["graphql_url"], given["rest_url"], given["dialog_url"])
    client = TrayClient(hosts, Secret(given["master_token"]))
    contestant.window.resize(640, 720)
    contestant.window.show()
    run = Run(contestant, client, given["user_id"])
    QTimer.singleShot(500, run, run.begin)
    application.exec()
    os._exit(0)


if __name__ == "__main__":
    main()
