"""Pages that flood the engine: the answer is given, and the program ends soon after it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import pytest

from tests.hostile.dialog_pages import FINISH, said, script, start
from tests.hostile.engine_processes import left_over
from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.finished_dialogs import AUTH_ID, check_captured, history
from tests.hostile.launching import Launcher, end

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes as only Linux has"),
]

#: A busy machine is granted more than the 1.5 s that the program allows itself.
_ENDS_WITHIN_S = 5.0
#: More cookies than are told in a moment, and no end of them; the dialog is finished meanwhile.
_COOKIES = f"""
let count = 0;
setInterval(() => {{
  for (let i = 0; i < 500; i++) document.cookie = `c${{count++}}=value${{count}}${{'x'.repeat(2000)}}`;
  if (count === 6000) {{ {said("flooded")}; opener.postMessage({FINISH}, '*'); }}
}}, 0)
"""


def test_cookies_without_end_do_not_hold_up_the_end(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog, tray.listed = script(_COOKIES), [AUTH_ID]
    process = start(launcher)

    answered, line = _answer(process)
    ended = end(process, 3 * _ENDS_WITHIN_S)

    assert time.monotonic() - answered < _ENDS_WITHIN_S
    assert left_over(process.pid, 5.0) == []
    check_captured(replace(ended, out=line))
    assert history(launcher) == [("captured", AUTH_ID)]


def _answer(process: subprocess.Popen[str]) -> tuple[float, str]:
    """Wait for the answer; return when it came, and what it is."""
    assert process.stdout is not None
    line = process.stdout.readline()
    return time.monotonic(), line
