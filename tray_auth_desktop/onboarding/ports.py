"""What onboarding needs of the dialog and of the API, so that it knows neither."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import SignalInstance

from tray_auth_desktop.core.dialog_url import DialogLaunch
from tray_auth_desktop.core.models import Authentication, Connector, ServiceEnvironment, UserPage
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.secrets import Secret


class AttemptClient(Protocol):
    """The operations that an attempt uses. Called on worker threads."""

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Mint a single-use code."""
        ...

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """List an end user's authentications."""
        ...

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors."""
        ...


class Client(AttemptClient, Protocol):
    """The operations of `api.TrayClient` that onboarding uses. Called on worker threads."""

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Mint a single-use code."""
        ...

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """List an end user's authentications."""
        ...

    def users(self, *, first: int | None = 100, after: str | None = None) -> UserPage:
        """List some end users."""
        ...

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors."""
        ...

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        """List a service's environments."""
        ...

    def close(self) -> None:
        """End all calls."""
        ...


class Dialog(Protocol):
    """One opening of the auth-only dialog. Lives until `dispose`.

    Signals:
        message_received(WindowMessage): a window message reached the opener page; untrusted.
        observed(Observation): something for the timeline.
        loaded(): the dialog's first page is there.
        load_failed(LoadFailure): it will not come.
        gone(WindowGone): the dialog's window was closed, by its page or by the person.
        crashed(str): the process that showed it died; the text says how.
        result_suspected(str): there may be a result although no message will tell; the text says why.
    """

    @property
    def message_received(self) -> SignalInstance:
        """A window message reached the opener page."""
        ...

    @property
    def observed(self) -> SignalInstance:
        """Something for the timeline."""
        ...

    @property
    def loaded(self) -> SignalInstance:
        """The dialog's first page is there."""
        ...

    @property
    def load_failed(self) -> SignalInstance:
        """The dialog's first page will not come."""
        ...

    @property
    def gone(self) -> SignalInstance:
        """The dialog's window was closed."""
        ...

    @property
    def crashed(self) -> SignalInstance:
        """The process that showed it died."""
        ...

    @property
    def result_suspected(self) -> SignalInstance:
        """The user's list is worth a look."""
        ...

    def open(self, launch: DialogLaunch) -> None:
        """Open the dialog's address."""
        ...

    def answer_account_id(self, account_id: str) -> None:
        """Answer the dialog's `accountIdRequest`."""
        ...

    def close_windows(self) -> None:
        """Take the dialog and its popups off the screen; messages under way still arrive."""
        ...

    def dispose(self) -> None:
        """Delete pages and profile. Nothing arrives afterwards."""
        ...


class DialogFactory(Protocol):
    """Makes dialogs; keeps one warm if told to."""

    def make(self, presentation: Presentation = AS_EVER) -> Dialog:
        """Return a dialog that has not been opened, and will be shown as the presentation says.

        Raises:
            EngineError: the web engine cannot start; says why and what to do.
        """
        ...

    def warm_up(self) -> None:
        """Get the next dialog ready while nobody waits for it."""
        ...
