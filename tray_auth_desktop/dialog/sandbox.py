"""Whether Chromium's sandbox works here, and what follows if it does not.

As root it does not, and the engine would end the process. The decision is a pure
function; only `apply` touches the environment, and it must run before the engine starts.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from tray_auth_desktop.errors import EngineError

VARIABLE = "QTWEBENGINE_DISABLE_SANDBOX"
#: What we put there where nobody said to go without: it must not count as said for the next workspace.
_OURS = "2"


@dataclass(frozen=True, slots=True)
class SandboxDecision:
    """How the engine will run.

    Attributes:
        is_off: Whether the sandbox is turned off.
        only_loopback: Whether pages may come from this computer only, because of that.
        notice: One line to tell the person; empty if there is nothing to tell.
    """

    is_off: bool
    only_loopback: bool = False
    notice: str = ""


def is_root() -> bool:
    """Whether this process runs as root on a system where Chromium's sandbox refuses that."""
    return sys.platform.startswith("linux") and os.geteuid() == 0


def is_waived() -> bool:
    """Whether the environment says to go without the sandbox, and not only because we put it there."""
    return os.environ.get(VARIABLE, "0") not in ("", "0", _OURS)


def decide(*, as_root: bool, is_local: bool, is_waived: bool) -> SandboxDecision:
    """Decide whether the engine may start.

    Args:
        as_root: Whether the sandbox cannot work.
        is_local: Whether the workspace is on this computer, as the stand-in is.
        is_waived: Whether the person said explicitly to go without.

    Raises:
        EngineError: it cannot, and nobody said to go without.
    """
    if is_waived:
        return SandboxDecision(is_off=True)
    if not as_root:
        return SandboxDecision(is_off=False)
    if is_local:
        return SandboxDecision(
            is_off=True,
            only_loopback=True,
            notice="The web engine's sandbox is off because the program runs as root; "
            "only pages of this computer are shown.",
        )
    raise EngineError(
        "The dialog is not opened: the program runs as root, and Chromium's sandbox does not work as root.",
        advice="Run it as an ordinary user. If pages from the network may run without a sandbox here, "
        f"say so with --no-engine-sandbox or {VARIABLE}=1.",
    )


def apply(decision: SandboxDecision) -> None:
    """Put the decision into the environment the engine reads at its start."""
    if decision.is_off:
        os.environ[VARIABLE] = _OURS if decision.only_loopback else "1"
