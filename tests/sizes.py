"""How much the tests do: less on every change, everything where `TRAY_TEST_FULL=1` is set."""

from __future__ import annotations

import os

import pytest

IS_FULL = os.environ.get("TRAY_TEST_FULL") == "1"
only_full = pytest.mark.skipif(not IS_FULL, reason="takes long; TRAY_TEST_FULL=1 runs it")
