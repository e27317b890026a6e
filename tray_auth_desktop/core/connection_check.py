"""What a test of the connection finds out, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tray_auth_desktop.errors import ExitCode


class TokenKind(StrEnum):
    """Which kind of token the one is that a workspace has for its master token."""

    MASTER = "master"
    USER = "user"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of a connection.

    Attributes:
        subject: What was checked, such as "Master token".
        verdict: How it ended.
        text: What was found and, unless all is well, what to do; full sentences.
        exit_code: What a failure means for the program's exit code.
    """

    subject: str
    verdict: Verdict
    text: str
    exit_code: ExitCode = ExitCode.OK
