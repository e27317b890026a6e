"""A local stand-in of the service: a second, independent implementation of the remote contract.

It shares nothing with the rest of the program but the way bundled files are found, so that a
mistake in one is not repeated in the other. `docs/standin.md` says what it does and does not do.
"""

from __future__ import annotations

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.stand_in import StandIn
from tray_auth_desktop.standin.state.faults import Fault
from tray_auth_desktop.standin.state.message_record import SentMessage
from tray_auth_desktop.standin.state.request_record import RecordedRequest
from tray_auth_desktop.standin.state.seed_size import SeedSize

__all__ = ["StandIn", "StandInAddresses", "Fault", "RecordedRequest", "SeedSize", "SentMessage"]
