"""What the processes of one audit are told by the one that starts them."""

from __future__ import annotations

import msgspec

from tray_auth_desktop.qa.audit.model import Case

#: The share of pixels that may differ, such as for a caret that blinks.
TOLERANCE = 0.001
ATTEMPT_S = 60.0


class Target(msgspec.Struct, frozen=True):
    """What the dialogs are opened against: the fields of `Configuration` that are set, and its token.

    It travels between processes by a pipe and stands in no file.
    """

    fields: dict[str, str]
    token: str
    waive_sandbox: bool = False

    def __repr__(self) -> str:
        """The token is nobody's business."""
        return f"Target({self.fields!r})"


class AuditSettings(msgspec.Struct, frozen=True):
    """What to audit, and how.

    Attributes:
        folder: Where pictures go.
        stop_file: Once it exists, no further case is begun.
        requests_per_s: How many requests all processes may send in a second, together.
        retries: How often a case that failed is tried again.
        keeps: Whether what full runs made stays.
        pictures: Whether pictures are taken.
        baseline: Folder of the pictures to compare with; empty for none.
        updates_baseline: Whether this audit's pictures become the baseline.
        tolerance: The share of pixels that may differ.
        attempt_s: Seconds that a dialog may take to be usable, and to reach its end.
    """

    cases: tuple[Case, ...]
    target: Target
    folder: str
    stop_file: str
    requests_per_s: float
    retries: int = 0
    keeps: bool = False
    pictures: bool = True
    baseline: str = ""
    updates_baseline: bool = False
    tolerance: float = TOLERANCE
    attempt_s: float = ATTEMPT_S
