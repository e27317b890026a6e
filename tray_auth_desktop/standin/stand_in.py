"""The stand-in as one object: starts and stops, and says where it listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from socket import socket
from types import MappingProxyType, TracebackType
from typing import Any, Self

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.listeners import Listeners, bind, loopback_address
from tray_auth_desktop.standin.state.clock import Clock
from tray_auth_desktop.standin.state.dump import dump
from tray_auth_desktop.standin.state.faults import Fault, FaultBook
from tray_auth_desktop.standin.state.message_record import SentMessage
from tray_auth_desktop.standin.state.rate_limit import BURST, PER_SECOND, RateLimit
from tray_auth_desktop.standin.state.request_record import RecordedRequest
from tray_auth_desktop.standin.state.scenario_book import ScenarioBook
from tray_auth_desktop.standin.state.script import DEFAULT_RANDOM_SEED, Script
from tray_auth_desktop.standin.state.seed_size import SeedSize
from tray_auth_desktop.standin.state.stable_id import new_secret
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.tokens import MASTER_TOKEN_DIGITS
from tray_auth_desktop.standin.web import framing
from tray_auth_desktop.standin.web.apps import Apps

DEFAULT_EMBEDDED_ID = "stand-in"
_NOTHING_MORE = SeedSize()
_AS_USUAL: Mapping[str, str] = MappingProxyType({})


class StandIn:
    """A local second implementation of the service, on three loopback origins, and a fourth to control it.

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
        scenarios: name of a service, or `*` for all others → name of a scenario.
        faults: the rules by which operations fail.
        random_seed: of the generator behind the probabilities of faults.
        control: serve the control API.
        control_port: port of the control API; 0 takes a free one.
        frame_ancestors: origins whose pages may show the dialog in a frame; None for every page.

    Raises:
        ValueError: `host` is not loopback, an ancestor is no origin, or there is no such service or scenario.
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
        scenarios: Mapping[str, str] = _AS_USUAL,
        faults: Sequence[Fault] = (),
        random_seed: int = DEFAULT_RANDOM_SEED,
        control: bool = False,
        control_port: int = 0,
        frame_ancestors: Sequence[str] | None = None,
    ) -> None:
        self._ancestors = framing.frame_ancestors(frame_ancestors)
        address = loopback_address(host)
        self.master_token = master_token or new_secret(MASTER_TOKEN_DIGITS)
        self.embedded_id = embedded_id
        limit = RateLimit(time.monotonic, requests_per_s, burst)
        script = Script(scenarios, tuple(faults), random_seed)
        self.state = State(embedded_id, self.master_token, clock, limit, seed, script)
        self._sockets: list[socket] = []
        ports = (api_port, dialog_port, provider_port, *((control_port,) if control else ()))
        api, dialog, provider, *others = self._bind(ports)
        self.addresses = StandInAddresses(
            f"http://{address}:{api}",
            f"http://{address}:{dialog}",
            f"http://localhost:{provider}",
            f"http://{address}:{others[0]}" if others else None,
        )
        self._listeners: Listeners | None = None

    def _bind(self, ports: Sequence[int]) -> list[int]:
        """Take all ports, or none; return what was taken for each."""
        try:
            for port in ports:
                self._sockets.append(bind(port))
        except OSError:
            self._close_sockets()
            raise
        return [bound.getsockname()[1] for bound in self._sockets]

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
    def control_url(self) -> str | None:
        """Return the base of the control API; None without one."""
        return self.addresses.control

    @property
    def clock(self) -> Clock:
        """Return the clock that codes, tokens and lists go by."""
        return self.state.clock

    @property
    def scenarios(self) -> ScenarioBook:
        """Return which scenario counts for which service."""
        return self.state.scenarios

    @property
    def faults(self) -> FaultBook:
        """Return the rules by which operations fail."""
        return self.state.faults

    @property
    def messages(self) -> tuple[SentMessage, ...]:
        """Return what the dialog's pages posted so far, oldest first, as they say themselves."""
        return self.state.messages.all()

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

    def reset(self, random_seed: int | None = None) -> None:
        """Return to the start: what was made, chosen and recorded since is gone. The master token stays.

        With `random_seed` the chances begin there, and without it where they began at the start.
        """
        self.state.reset(random_seed)

    def dump(self) -> dict[str, Any]:
        """Return what it holds, fit for JSON: no token, no code, no credential that was typed."""
        return dump(self.state)

    def start(self) -> None:
        """Start serving in the background; returns when all hosts listen.

        Raises:
            RuntimeError: it was started before.
        """
        if self._listeners is not None:
            raise RuntimeError("a stand-in starts once")
        apps = Apps(self.state, self.addresses, self._ancestors)
        pairs = zip(apps.all(), self._sockets, strict=True)
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
