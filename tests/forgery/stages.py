"""The places that messages are forged from, each a page of the real engine."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.dialog.dialog_bench import html, serve
from tests.forgery.forge_bench import Sites, Stage, forging
from tray_auth_desktop.core.window_message import Rejection

FOREIGN = frozenset({Rejection.FOREIGN_ORIGIN})
WINDOW = frozenset({Rejection.FOREIGN_WINDOW})
NOT_GENUINE = frozenset({Rejection.NOT_GENUINE})
#: What can be wrong with a message that comes from the right place.
DATA = frozenset(
    {
        Rejection.NOT_JSON,
        Rejection.NOT_AN_OBJECT,
        Rejection.UNKNOWN_TYPE,
        Rejection.TOO_LARGE,
        Rejection.NO_AUTH_ID,
    }
)
COOP = (("Cross-Origin-Opener-Policy", "same-origin"),)
#: The dialog's server under names that look like `localhost`; the address line is not asked here.
LOOK_ALIKES = {
    "the same host by number": "127.0.0.1",
    "a trailing dot": "localhost.",
    "a subdomain": "dialog.localhost",
    "the name twice": "localhost.localhost",
    "a suffix": "localhost-evil.localhost",
    "a prefix": "evil-localhost.localhost",
    "a letter of another alphabet": "l\u043ecalhost.localhost",
    "a zero for an o": "l0calhost.localhost",
    "the trusted name as user name": "localhost@127.0.0.1",
    "the trusted name and a password": "localhost:x@dialog.localhost",
}
_POST = "opener.postMessage(value, '*')"


def _gone_to(place: Callable[[Sites], str]) -> Callable[[Sites], str]:
    """Return a dialog that goes to another address, whose page forges."""

    def build(sites: Sites) -> str:
        serve(sites.own, "/forge", forging(sites, _POST))
        serve(sites.other, "/forge", forging(sites, _POST))
        return html(f"location.replace({place(sites)!r} + '/forge')")

    return build


def _in_frame(is_own: bool, attributes: str = "", target: str = "top.opener") -> Callable[[Sites], str]:
    """Return a dialog with a frame that forges."""

    def build(sites: Sites) -> str:
        site, origin = (sites.own, sites.trusted) if is_own else (sites.other, sites.other.origin)
        serve(site, "/forge", forging(sites, f"{target}.postMessage(value, '*')"))
        return html("", f"<iframe {attributes} src='{origin}/forge'></iframe>")

    return build


def _in_made_frame(make: str, attributes: str = "") -> Callable[[Sites], str]:
    """Return a dialog that makes a frame of a text: by `srcdoc`, by a `data:` or by a `blob:` address."""

    def build(sites: Sites) -> str:
        text = json.dumps(forging(sites, "top.opener.postMessage(value, '*')")).replace("</", "<\\/")
        script = f"const text = {text}; const frame = document.createElement('iframe'); {attributes}"
        return html(f"{script} {make}; document.body.append(frame);", "<p>dialog")

    return build


def _in_popup(is_own: bool) -> Callable[[Sites], str]:
    """Return a dialog with a window that forges by its opener's opener."""

    def build(sites: Sites) -> str:
        site, origin = (sites.own, sites.trusted) if is_own else (sites.other, sites.other.origin)
        serve(site, "/forge", forging(sites, "opener.opener.postMessage(value, '*')"))
        return html(f"window.open('{origin}/forge')")

    return build


def _vanishing(sites: Sites) -> str:
    """Return a dialog with a frame of its own origin that posts everything while it is taken away."""
    serve(sites.own, "/forge", forging(sites, "top.opener.postMessage(value, '*')", when_left=True))
    take_away = "document.querySelector('iframe').remove()"
    return html(f"addEventListener('load', () => {take_away})", "<iframe src=/forge></iframe>")


def _leaving(sites: Sites) -> str:
    """Return a dialog with a window of its own origin that posts everything while it goes elsewhere."""
    page = forging(sites, "opener.opener.postMessage(value, '*')", when_left=True)
    serve(sites.own, "/forge", page + f"<script>location = '{sites.other.origin}/blank'</script>")
    return html(f"window.open('{sites.trusted}/forge')")


def _dispatched(source: str) -> Callable[[Sites], str]:
    """Return a dialog of the opener page's own origin, which can make events there."""
    init = f"{{data: value, origin: location.origin, source: {source}}}"
    made = f"opener.dispatchEvent(new opener.MessageEvent('message', {init}))"
    return lambda sites: forging(sites, made)


STAGES = {
    "another port": Stage(_gone_to(lambda sites: f"http://localhost:{sites.other.server_port}"), FOREIGN),
    "another host": Stage(_gone_to(lambda sites: sites.other.origin), FOREIGN),
    "foreign frame": Stage(_in_frame(is_own=False), FOREIGN),
    "foreign frame by its parent's opener": Stage(_in_frame(is_own=False, target="parent.opener"), FOREIGN),
    "own frame": Stage(_in_frame(is_own=True), WINDOW),
    "own frame that vanishes": Stage(_vanishing, WINDOW),
    "window of the dialog that vanishes": Stage(_leaving, WINDOW),
    "own frame, sandboxed": Stage(_in_frame(is_own=True, attributes="sandbox='allow-scripts'"), FOREIGN),
    "foreign frame, sandboxed": Stage(_in_frame(is_own=False, attributes="sandbox='allow-scripts'"), FOREIGN),
    "frame of a text": Stage(_in_made_frame("frame.srcdoc = text"), WINDOW),
    "frame of a text, sandboxed": Stage(
        _in_made_frame("frame.srcdoc = text", "frame.sandbox = 'allow-scripts';"), FOREIGN
    ),
    "frame of a data address": Stage(
        _in_made_frame("frame.src = 'data:text/html;charset=utf-8,' + encodeURIComponent(text)"), FOREIGN
    ),
    "frame of a blob": Stage(
        _in_made_frame("frame.src = URL.createObjectURL(new Blob([text], {type: 'text/html'}))"), WINDOW
    ),
    "window of the dialog": Stage(_in_popup(is_own=True), WINDOW),
    "window of the provider": Stage(_in_popup(is_own=False), FOREIGN),
    "events made by a script": Stage(_dispatched("window"), NOT_GENUINE, opener_is_own=True),
    "events made by a script, without a source": Stage(_dispatched("null"), NOT_GENUINE, opener_is_own=True),
    "the dialog itself": Stage(
        lambda sites: forging(sites, _POST, trusted=True), DATA, is_trusted_window=True
    ),
    "the dialog without its opener": Stage(
        lambda sites: forging(sites, _POST, trusted=True), DATA, is_trusted_window=True, headers=COOP
    ),
    **{
        name: Stage(_gone_to(lambda sites, host=host: sites.named(host)), FOREIGN)  # type: ignore[misc]  # mypy does not type a default argument of a lambda
        for name, host in LOOK_ALIKES.items()
    },
}
