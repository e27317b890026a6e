"""What our scripts say where they have no channel: it comes over the page's console, marked."""

from __future__ import annotations

from enum import StrEnum
from secrets import token_hex


class Topic(StrEnum):
    """What a marked line tells."""

    TYPED = "typed"
    ANSWERED = "answered"
    FAILED = "failed"


class MarkedLines:
    """The marks of one attempt. No page knows them, so no line of a page's own is taken for ours."""

    def __init__(self) -> None:
        self._secret = token_hex(16)

    def mark(self, topic: Topic) -> str:
        """Return what a script puts before what it tells."""
        return f"{self._secret} {topic} "

    def read(self, line: str) -> tuple[Topic, str] | None:
        """Return what a line of the console tells; None if the line is the page's."""
        if not line.startswith(self._secret):
            return None
        for topic in Topic:
            if line.startswith(self.mark(topic)):
                return topic, line.removeprefix(self.mark(topic))
        return None
