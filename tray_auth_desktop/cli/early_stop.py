"""Ctrl-C, SIGTERM and a terminal that is closed (SIGHUP), before there is a Qt that could hear them."""

from __future__ import annotations

import signal
from types import FrameType


def _hangups() -> tuple[signal.Signals, ...]:
    """Return SIGHUP where the system has it, unless the program is to outlive its terminal (nohup)."""
    hangup = getattr(signal, "SIGHUP", None)
    return () if hangup is None or signal.getsignal(hangup) is signal.SIG_IGN else (hangup,)


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, *_hangups())
_heard: list[int] = []


def listen() -> None:
    """From now on note the signals instead of dying of them, until `signals.StopSignals` takes over."""
    for number in STOP_SIGNALS:
        signal.signal(number, _note)


def interrupt() -> None:
    """Let them interrupt what runs, as Ctrl-C does by itself: for commands without Qt.

    Raises:
        KeyboardInterrupt: one came since `listen`.
    """
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)
    if _heard:
        raise KeyboardInterrupt


def was_told_to_stop() -> bool:
    """Whether one came since `listen`."""
    return bool(_heard)


def _note(number: int, _frame: FrameType | None) -> None:
    _heard.append(number)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
