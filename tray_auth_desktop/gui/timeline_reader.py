"""Leads through a timeline: from an event to its details, to the page it came from, and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Signal

from tray_auth_desktop.core.contract_check import Finding, check_contract, outcome_of
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.core.timeline_pages import page_of
from tray_auth_desktop.gui.timeline_details import TimelineDetails
from tray_auth_desktop.gui.timeline_model import Column, TimelineFilter, TimelineModel
from tray_auth_desktop.gui.timeline_view import TimelineView

_Flag = QItemSelectionModel.SelectionFlag


class TimelineReader(QObject):
    """Joins the table with the details beside it.

    Signals:
        filter_in_the_way(): an event is wanted that the filter hides.
    """

    filter_in_the_way = Signal()

    def __init__(
        self, model: TimelineModel, shown: TimelineFilter, view: TimelineView, details: TimelineDetails
    ) -> None:
        super().__init__(view)
        self._model, self._shown = model, shown
        self._view, self._details = view, details
        self._findings: list[tuple[Finding, TimelineEvent]] = []
        self._came_from: list[TimelineEvent] = []
        view.opened.connect(self.open)
        view.page_action.triggered.connect(self.go_to_page)
        view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        details.page_asked.connect(self.go_to_page)
        details.back_asked.connect(self.go_back)
        details.closed.connect(self.close)

    def check(self) -> Sequence[Finding]:
        """Look for what a robust integrator should know, and return it."""
        events = self._model.events
        findings = check_contract(events, outcome_of(events))
        self._findings = [(finding, events[finding.event]) for finding in findings]
        return findings

    def forget(self) -> None:
        """Another attempt starts."""
        self._findings.clear()
        self._came_from.clear()
        self._details.hide()

    def open(self) -> None:
        """Show the current event in full; from now on that follows the current row."""
        current = self._current()
        if current is None:
            return
        events, row = current
        about = [finding for finding, event in self._findings if event is events[row]]
        self._details.show_event(
            events[row],
            about,
            has_page=page_of(events, row) is not None,
            can_go_back=bool(self._came_from),
        )

    def close(self) -> None:
        """Leave the room to the table."""
        self._details.hide()
        self._view.setFocus()

    def go_to_page(self) -> None:
        """Go from the current event to the navigation during which it came."""
        current = self._current()
        page = page_of(*current) if current is not None else None
        if current is None or page is None:
            return
        events, row = current
        self._came_from.append(events[row])
        self._go_to(events[page])

    def go_back(self) -> None:
        """Go back to the event that one came from."""
        if self._came_from:
            self._go_to(self._came_from.pop())

    def go_to_finding(self, number: int) -> None:
        """Go to the event of a finding."""
        self._go_to(self._findings[number][1])

    def _go_to(self, event: TimelineEvent) -> None:
        row = self._model.row_of(event)
        if row < 0:
            return  # it made room for later ones
        source = self._model.index(row, Column.TEXT)
        if not self._shown.mapFromSource(source).isValid():
            self.filter_in_the_way.emit()
        index = self._shown.mapFromSource(source)
        self._view.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
        self._view.scrollTo(index)
        self.open()

    def _current(self) -> tuple[Sequence[TimelineEvent], int] | None:
        index = self._shown.mapToSource(self._view.currentIndex())
        return (self._model.events, index.row()) if index.isValid() else None

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and self._details.isVisibleTo(self._view.window()):
            self.open()
