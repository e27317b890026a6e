"""Say in words why a server was not reached; httpx exceptions end here."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

from tray_auth_desktop.api.call import Call, Failure, Timeouts
from tray_auth_desktop.errors import ApiTimeoutError, NetworkError, UnreadableReplyError

_CERTIFICATE_ADVICE = (
    "Check the address of the workspace and the computer's clock; behind a proxy that inspects "
    "traffic, add its certificate to the system's trusted ones or name its file in the workspace."
)
_PROXY_ADVICE = (
    "Check the proxy of the workspace, its user name and its password; where the workspace names none, "
    "check the proxy settings HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."
)


def network_failure(
    error: httpx.HTTPError, call: Call, timeouts: Timeouts, *, in_body: bool, via: str = ""
) -> Failure:
    """Return the failure that an httpx exception stands for.

    Args:
        error: What httpx raised; it holds the request and must not travel on.
        call: What was asked for.
        timeouts: The limits in force.
        in_body: Whether the head of the reply had come already.
        via: Host of the workspace's proxy; empty without one.
    """
    route = f" through the proxy {via}" if via else ""
    if isinstance(error, httpx.TimeoutException):
        return _timed_out(error, call, timeouts, route)
    if isinstance(error, httpx.DecodingError):
        return Failure(_unreadable(call, "a body that could not be decompressed"))
    if isinstance(error, httpx.RemoteProtocolError) and in_body:
        return Failure(_unreadable(call, "half a body: the connection ended early"), is_transient=True)
    if isinstance(error, httpx.ProxyError):
        return refused_by_proxy(call, via)
    return _broken(error, call, route)


def refused_by_proxy(call: Call, via: str = "") -> Failure:
    """Return the failure of a proxy that wants another password, or lets nothing through to this host."""
    which = f"the proxy {via}" if via else "the proxy"
    return Failure(_not_reached(call, f"{which} did not let it through", _PROXY_ADVICE))


def overall_timeout(call: Call, timeouts: Timeouts) -> Failure:
    """Return the failure of a call that is out of time."""
    return Failure(
        ApiTimeoutError(f"{call.host} did not complete {call.operation} within {timeouts.overall_s:g} s.")
    )


def closed_failure(call: Call) -> Failure:
    """Return the failure of a call that the program itself gave up."""
    return Failure(
        NetworkError(f"{call.operation} was not done: the connection to {call.host} is closed.", advice="")
    )


def memory_failure(call: Call) -> Failure:
    """Return the failure of a reply that this computer has no room for."""
    return Failure(_unreadable(call, "more than this computer's memory holds"))


def proxy_failure(call: Call) -> Failure:
    """Return the failure of unusable proxy settings; they may hold a password and are not shown."""
    return Failure(_not_reached(call, "the proxy settings of the environment cannot be used", _PROXY_ADVICE))


def address_failure(call: Call) -> Failure:
    """Return the failure of an address that is none."""
    return Failure(_not_reached(call, "its address cannot be used"))


def _timed_out(error: httpx.TimeoutException, call: Call, timeouts: Timeouts, route: str) -> Failure:
    if isinstance(error, httpx.ConnectTimeout):
        text = (
            f"{call.host} could not be reached{route} for {call.operation} within {timeouts.connect_s:g} s."
        )
        return Failure(ApiTimeoutError(text), is_transient=True)
    if isinstance(error, httpx.PoolTimeout):
        return Failure(ApiTimeoutError(f"Too many calls to {call.host} are under way for {call.operation}."))
    limit_s = timeouts.write_s if isinstance(error, httpx.WriteTimeout) else timeouts.read_s
    return Failure(
        ApiTimeoutError(f"{call.host} did not answer {call.operation}: nothing came for {limit_s:g} s.")
    )


def _broken(error: httpx.HTTPError, call: Call, route: str) -> Failure:
    """Tell failures of the connection apart by what lies beneath them."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = f"its certificate is not trusted ({cause.verify_message.rstrip('.')})"
            return Failure(_not_reached(call, why, _CERTIFICATE_ADVICE, route))
        why = _reason(cause)
        if why:
            return Failure(_not_reached(call, why, None, route), is_transient=True)
    if isinstance(error, httpx.RemoteProtocolError):
        why = "it did not answer in HTTP, or hung up"
    else:
        why = f"the connection failed ({type(error).__name__})"
    return Failure(_not_reached(call, why, None, route), is_transient=True)


def _reason(cause: BaseException) -> str:
    """Return what an error of the operating system or of TLS means; empty if it is none."""
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection could be set up ({cause.reason or 'TLS failure'})"
    if isinstance(cause, socket.gaierror):
        return "its name was not found"
    if isinstance(cause, ConnectionRefusedError):
        return "it refused the connection"
    if isinstance(cause, ConnectionResetError | BrokenPipeError):
        return "it broke off the connection"
    return (cause.strerror or "").casefold() if isinstance(cause, OSError) else ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _not_reached(call: Call, why: str, advice: str | None = None, route: str = "") -> NetworkError:
    return NetworkError(
        f"{call.host} could not be reached{route} for {call.operation}: {why}.", advice=advice
    )


def _unreadable(call: Call, what: str) -> UnreadableReplyError:
    return UnreadableReplyError(
        f"{call.host} answered {call.operation} with {what}.", operation=call.operation
    )
