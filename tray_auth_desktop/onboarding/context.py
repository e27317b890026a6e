"""What every attempt is run with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.ports import AttemptClient, DialogFactory
from tray_auth_desktop.onboarding.tasks import Tasks


@dataclass(frozen=True, slots=True)
class AttemptContext:
    """The parts an attempt works with, built once by the composition root.

    Attributes:
        workspace_name: For the journal.
        workspace: Called on a worker thread; may wait until the stand-in serves.
        client: Called on a worker thread; may import and build the client there.
        dialogs: Called on Qt's thread when the first dialog is needed.
    """

    workspace_name: str
    workspace: Callable[[], Workspace]
    client: Callable[[], AttemptClient]
    dialogs: Callable[[], DialogFactory]
    journal: Journal
    tasks: Tasks
    account_id: str | None = None
    limits: AttemptLimits = field(default_factory=AttemptLimits)
