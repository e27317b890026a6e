"""The stand-in as one object: starts and stops, and says where it listens."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.listeners import Listeners, bind, loopback_address
from tray_auth_desktop.standin.state.rate_limit import BURST, PER_SECOND, RateLimit
from tray_auth_desktop.standin.state.request_record import RecordedRequest
from tray_auth_desktop.standin.state.seed_size import SeedSize
from tray_auth_desktop.standin.state.stable_id import new_secret
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.tokens import MASTER_TOKEN_DIGITS
from tray_auth_desktop.standin.web.apps import Apps

DEFAULT_EMBEDDED_ID = "stand-in"
_NOTHING_MORE = SeedSize()


class StandIn:
    """A local second implementation of the service, on three loopback origins.

    The sockets are bound at once, so the addresses are known before it starts. Use it as a
    context manager, or call `start` and `stop`; a stopped one cannot be started again.

    Args:
        host: `127.0.0.1` or `localhost`.
        api_port: port of the API; 0 takes a free one, and so for the others.
        dialog_port: port of the dialog host.
        provider_port: port of the third party.
        master_token: None for a random one.
        embedded_id: the organisation's name in dialog addresses.
        clock: seconds since the epoch; tokens and codes expire by it.
        requests_per_s: how many requests one caller may make in a second.
        burst: how many it may make at once.
        seed: how much there is at the start beside the ordinary seed, for those who measure.

    Raises:
        ValueError: `host` is not loopback.
        OSError: a port is taken.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        api_port: int = 0,
        dialog_port: int = 0,
        provider_port: int = 0,
        master_token: str | None = None,
        embedded_id: str = DEFAULT_EMBEDDED_ID,
        clock: Callable[[], float] = time.time,
        requests_per_s: float = PER_SECOND,
        burst: int = BURST,
        seed: SeedSize = _NOTHING_MORE,
    ) -> None:
        address = loopback_address(host)
        self._sockets = []
        try:
            for port in (api_port, dialog_port, provider_port):
                self._sockets.append(bind(port))
        except OSError:
            self._close_sockets()
            raise
        api, dialog, provider = (bound.getsockname()[1] for bound in self._sockets)
        self.addresses = StandInAddresses(
            f"http://{address}:{api}", f"http://{address}:{dialog}", f"http://localhost:{provider}"
        )
        self.master_token = master_token or new_secret(MASTER_TOKEN_DIGITS)
        self.embedded_id = embedded_id
        limit = RateLimit(time.monotonic, requests_per_s, burst)
        self.state = State(embedded_id, self.master_token, clock, limit, seed)
        self._listeners: Listeners | None = None

    def __repr__(self) -> str:
        return f"StandIn({self.addresses!r})"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def graphql_url(self) -> str:
        """Return the GraphQL endpoint."""
        return self.addresses.graphql

    @property
    def rest_url(self) -> str:
        """Return the base of the REST endpoints."""
        return self.addresses.api

    @property
    def dialog_url(self) -> str:
        """Return the base of dialog addresses."""
        return self.addresses.dialog

    @property
    def provider_url(self) -> str:
        """Return the base of the third party's pages."""
        return self.addresses.provider

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """Return the requests answered so far, oldest first; they hold no secrets."""
        return self.state.requests.all()

    @property
    def big_user_id(self) -> str | None:
        """Return whose the authentications of `seed` are; None when it asked for none."""
        return self.state.big_user_id

    def expire_user_tokens(self) -> None:
        """Make every user token handed out so far one that has expired; new ones are as good as ever."""
        self.state.tokens.expire_user_tokens()

    def start(self) -> None:
        """Start serving in the background; returns when all three hosts listen.

        Raises:
            RuntimeError: it was started before.
        """
        if self._listeners is not None:
            raise RuntimeError("a stand-in starts once")
        apps = Apps(self.state, self.addresses)
        pairs = zip((apps.api, apps.dialog, apps.provider), self._sockets, strict=True)
        self._listeners = Listeners(list(pairs))
        self._listeners.start()

    def stop(self) -> None:
        """Stop serving and free the ports; harmless when it does not serve."""
        if self._listeners is not None:
            self._listeners.stop()
        self._close_sockets()

    def environment(self) -> dict[str, str]:
        """Return the environment variables by which a program finds this stand-in."""
        return {
            "TRAY_MASTER_TOKEN": self.master_token,
            "TRAY_EMBEDDED_ID": self.embedded_id,
            "TRAY_GRAPHQL_URL": self.graphql_url,
            "TRAY_REST_URL": self.rest_url,
            "TRAY_DIALOG_URL": self.dialog_url,
        }

    def _close_sockets(self) -> None:
        for bound in self._sockets:
            bound.close()
