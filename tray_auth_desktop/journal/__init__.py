"""What happened, on disk before it is on screen: attempts, their timelines and outcomes."""

from tray_auth_desktop.journal.database import Journal
from tray_auth_desktop.journal.records import AttemptRecord, LeftOpen

__all__ = ["AttemptRecord", "Journal", "LeftOpen"]
