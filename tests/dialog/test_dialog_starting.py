"""The engine starts while other threads work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Ten steps of work on another thread, each of which needs Python's lock anew. The engine takes longer.
SCRIPT = """
import os, time
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWebEngineCore import QWebEngineProfile
from tray_auth_desktop.dialog.starting import start_engine

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
application = QApplication(["program"])
steps = []

def meanwhile():
    for number in range(10):
        time.sleep(0.001)
        steps.append(number)

start_engine(meanwhile)
done_meanwhile = len(steps)
profile = QWebEngineProfile(application)
print(done_meanwhile, profile.isOffTheRecord(), flush=True)
os._exit(0)
"""

pytestmark = pytest.mark.webengine


def test_another_thread_works_while_the_engine_starts() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    done, is_off_the_record = ran.stdout.split()
    assert int(done) == 10
    assert is_off_the_record == "True"
