"""A message is put before the trust decision; everything but what a test varies is as it should be."""

from __future__ import annotations

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.window_message import (
    DialogEvent,
    MessageSource,
    Rejected,
    Rejection,
    WindowMessage,
    parse_window_message,
)

HOST = "https://embedded.tray.io"
TRUSTED = Origin.parse(HOST)
AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
FINISH = f'{{"type":"tray.authpopup.finish","authId":"{AUTH_ID}"}}'


def judge(
    payload: str | None,
    *,
    origin: str = HOST,
    source: MessageSource = MessageSource.POPUP,
    is_genuine: bool = True,
    size: int = 0,
    trusted: Origin = TRUSTED,
) -> DialogEvent | Rejected:
    """Return what is decided on a message."""
    return parse_window_message(WindowMessage(origin, source, payload, is_genuine, size), trusted)


def reason(judged: DialogEvent | Rejected) -> Rejection | None:
    """Return why a message was refused; None if it was not."""
    return judged.reason if isinstance(judged, Rejected) else None
