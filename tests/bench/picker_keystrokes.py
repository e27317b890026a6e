"""Types into the pickers over 20,000 end users and 1,000 services; says how long a keystroke takes."""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.form_bench import FormClient
from tray_auth_desktop.core.models import Connector, EndUser, Service
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.gui.request_form import RequestForm
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.tasks import Tasks


def keystrokes_ms(picker: Picker, texts: tuple[str, ...]) -> list[float]:
    """Type texts letter by letter, and take back one; return how long each took to be on the screen."""
    field, took = picker.field, []
    field.setFocus()
    for text in texts:
        field.selectAll()
        for letter in text:
            began = time.perf_counter()
            QTest.keyClicks(field, letter)
            QApplication.processEvents()
            took.append((time.perf_counter() - began) * 1_000)
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    return took


def main() -> None:
    """Load, type, report."""
    services = [
        Service(f"id-{number}", f"svc-{number:04}", f"Service {number:04}", version=version)
        for number in range(1_000)
        for version in ("2", "1")
    ]
    client = FormClient(connectors_kept=tuple(Connector(one.name, "1", service=one) for one in services))
    application, tasks = QApplication(sys.argv[:1]), Tasks()
    application.setQuitOnLastWindowClosed(False)
    catalog = Catalog(lambda: client, tasks)
    form = RequestForm(catalog)
    form.show()
    catalog.load_users()
    catalog.load_services()
    while not (form.user_picker.is_loaded and form.service_picker.is_loaded):
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    catalog.users.add(
        EndUser(f"{number:08x}-aaaa-4bbb-8ccc-{number:012x}", f"Customer {number:05}", f"crm/{number:06}")
        for number in range(20_000)
    )
    took = {
        "end users": keystrokes_ms(form.user_picker, ("customer 0199", "crm/0", "aaaa", "zzz", "9 cust")),
        "services": keystrokes_ms(form.service_picker, ("service 01", "svc-0", "zzz", "0999")),
    }
    for what, times in took.items():
        print(f"keystroke among {what} ms:{statistics.median(times):.1f}", file=sys.stderr, flush=True)
    os._exit(0)


main()
