"""After attempts nothing of them is left: no page, no profile, no process, no warning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SCRIPT = Path(__file__).with_name("growing.py")
#: What Chromium itself says on machines without a GPU, a system bus or a display; one line each.
_CHROMIUMS = (
    "ERROR:", "Vulkan", "vulkan", "GBM", "Sandboxing", "RHI", "QRhi", "GPUInfo", "plugin", "GPU vendor",
)  # fmt: skip


def test_nothing_is_left_when_the_process_ends() -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", _SCRIPT], capture_output=True, text=True, timeout=120
    )
    said = [line for line in ran.stderr.splitlines() if line.strip()]
    known = (*_CHROMIUMS, "js: ")  # the severed window's own error is on its page's console
    assert [line for line in said if not any(word in line for word in known)] == []
    assert (ran.returncode, ran.stdout) == (0, "0 left\n")
