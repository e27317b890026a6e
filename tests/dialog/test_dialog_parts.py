"""The small parts by themselves: address line, bridges, script assembly, driver, the sandbox decision."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, html, post, serve
from tray_auth_desktop import assets
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.window_message import MessageSource, WindowMessage
from tray_auth_desktop.dialog import sandbox
from tray_auth_desktop.dialog.address_line import AddressLine
from tray_auth_desktop.dialog.bridge import OpenerBridge, PopupBridge
from tray_auth_desktop.dialog.driver import PageDriver
from tray_auth_desktop.dialog.sandbox import SandboxDecision
from tray_auth_desktop.dialog.scripts import OUR_WORLD, World, call, script
from tray_auth_desktop.errors import EngineError, ExitCode

TRUSTED = Origin.parse("https://embedded.tray.io")


@pytest.mark.parametrize(
    ("as_root", "is_local", "is_waived", "is_off", "only_loopback"),
    [
        (False, False, False, False, False),
        (False, True, False, False, False),
        (False, False, True, True, False),
        (False, True, True, True, False),
        (True, True, False, True, True),
        (True, True, True, True, False),
        (True, False, True, True, False),
    ],
)
def test_sandbox_decision(
    *, as_root: bool, is_local: bool, is_waived: bool, is_off: bool, only_loopback: bool
) -> None:
    decision = sandbox.decide(as_root=as_root, is_local=is_local, is_waived=is_waived)
    assert (decision.is_off, decision.only_loopback) == (is_off, only_loopback)
    assert bool(decision.notice) is only_loopback
    assert "\n" not in decision.notice


def test_root_is_refused_pages_of_the_network_and_told_how() -> None:
    with pytest.raises(EngineError) as caught:
        sandbox.decide(as_root=True, is_local=False, is_waived=False)
    assert caught.value.exit_code is ExitCode.ENGINE
    assert "root" in str(caught.value)
    assert "--no-engine-sandbox" in caught.value.advice
    assert sandbox.VARIABLE in caught.value.advice


@pytest.mark.parametrize("is_off", [True, False])
def test_decision_is_put_into_the_environment(monkeypatch: pytest.MonkeyPatch, *, is_off: bool) -> None:
    monkeypatch.delenv(sandbox.VARIABLE, raising=False)
    sandbox.apply(SandboxDecision(is_off=is_off))
    assert os.environ.get(sandbox.VARIABLE) == ("1" if is_off else None)


def test_only_what_a_person_says_waives_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was turned off for pages of this computer must not count for the next workspace."""
    monkeypatch.setenv(sandbox.VARIABLE, "1")
    assert sandbox.is_waived()
    monkeypatch.delenv(sandbox.VARIABLE)
    sandbox.apply(SandboxDecision(is_off=True, only_loopback=True))
    assert os.environ[sandbox.VARIABLE] not in ("", "0")
    assert not sandbox.is_waived()


@pytest.mark.parametrize(
    ("url", "address", "connection", "trust"),
    [
        (
            "https://embedded.tray.io/x?code=secret#f",
            "https://embedded.tray.io",
            "🔒 Encrypted",
            "Trusted dialog",
        ),
        ("https://EMBEDDED.tray.io/", "https://embedded.tray.io", "🔒 Encrypted", "Trusted dialog"),
        ("https://embedded.tray.io:8443/", "https://embedded.tray.io:8443", "🔒 Encrypted", "Other site"),
        ("http://embedded.tray.io/", "http://embedded.tray.io", "⚠ Not encrypted", "Other site"),
        (
            "https://embedded.tray.io.evil.example/",
            "https://embedded.tray.io.evil.example",
            "🔒 Encrypted",
            "Other site",
        ),
        ("https://slack.com/oauth?state=s", "https://slack.com", "🔒 Encrypted", "Other site"),
        ("http://127.0.0.1:8000/d?code=c", "http://127.0.0.1:8000", "This computer", "Other site"),
        ("http://localhost:8000/", "http://localhost:8000", "This computer", "Other site"),
        ("about:blank", "", "—", ""),
        ("", "", "—", ""),
        ("data:text/html,x", "", "—", ""),
    ],
)
def test_address_line(qtbot: QtBot, url: str, address: str, connection: str, trust: str) -> None:
    line = AddressLine(TRUSTED)
    qtbot.addWidget(line)
    line.show_url(QUrl(url))
    texts = {label.accessibleName(): label.text() for label in line.findChildren(QLabel)}
    field = line.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == address
    assert texts == {"Connection": connection, "Trust": trust}


def test_address_line_of_another_script_shows_the_real_name(qtbot: QtBot) -> None:
    """A name that only looks like the dialog's is shown as what it is, or not as trusted."""
    line = AddressLine(TRUSTED)
    qtbot.addWidget(line)
    line.show_url(QUrl("https://embedded.trаy.io/"))  # noqa: RUF001 - a Cyrillic letter, on purpose
    labels = {label.accessibleName(): label.text() for label in line.findChildren(QLabel)}
    assert labels["Trust"] != "Trusted dialog"


def test_bridges_make_window_messages_of_what_they_are_told() -> None:
    received: list[WindowMessage] = []
    opener, popup = OpenerBridge(), PopupBridge()
    opener.message_received.connect(received.append)
    popup.message_received.connect(received.append)
    opener.posted("https://a.example", "popup", "{}", 2, True)
    opener.posted("https://a.example", "severed", "", 70_000, False)
    opener.posted("https://a.example", "gone", "1", 1, True)
    popup.posted("https://a.example", "{}", 2)
    assert [message.source for message in received] == [
        MessageSource.POPUP,
        MessageSource.OTHER,
        MessageSource.GONE,
        MessageSource.SEVERED,
    ]
    assert received[1].payload is None
    assert received[1].size == 70_000
    assert not received[1].is_genuine
    assert all(message.is_genuine for message in (received[0], *received[2:]))


@pytest.mark.parametrize("bridge_class", [OpenerBridge, PopupBridge])
def test_slots_that_pages_call_are_one_lower_case_word(
    bridge_class: type[QObject],
) -> None:
    meta = bridge_class().metaObject()
    names = [
        bytes(meta.method(index).name().data()).decode()
        for index in range(meta.methodOffset(), meta.methodCount())
        if meta.method(index).methodType() is meta.method(index).MethodType.Slot
    ]
    assert names
    assert all(name.isalpha() and name.islower() for name in names)
    assert all(callable(getattr(bridge_class, name)) for name in names)


def test_scripts_go_into_main_frames_at_document_creation() -> None:
    made = script("popup_relay.js", {"a": 1})
    assert made.worldId() == OUR_WORLD.value
    assert made.worldId() != World.MainWorld.value
    assert not made.runsOnSubFrames()
    assert made.injectionPoint() is made.InjectionPoint.DocumentCreation


@pytest.mark.parametrize(
    "name", ["opener_relay.js", "popup_relay.js", "severed_opener.js", "forward_message.js", "driver.js"]
)
def test_every_script_is_one_function_of_its_constants(name: str) -> None:
    assert "(config) => {" in assets.read_text(f"dialog/{name}")
    assert call(name, {"x": "</script>"}).endswith('({"x": "</script>"});')


STRANGE = [
    "quote \" and ' and `",
    "</script><script>alert(1)</script>",
    "line\u2028and\u2029paragraph",
    "back\\slash \\u0041 \\",
    "newline\nand\r\ttab\0",
    "${1 + 1} {{x}} %s",
    "emoji 🔑 and ümlaut",
    "*/ }) ; (",
]


@pytest.mark.webengine
@pytest.mark.parametrize("value", STRANGE)
def test_constants_arrive_as_they_are(bench: DialogBench, pages: PageServer, value: str) -> None:
    """Through `call`, the driver and back: the page must hold the very same text."""
    run = bench.open(serve(pages, "/d", html("", "<label for=f>Name</label><textarea id=f></textarea>")))
    run.wait_for_load()
    answers: list[str] = []
    PageDriver(run.dialog.page, run.dialog).fill("Name", value, answers.append)
    run.wait_until(lambda: bool(answers))
    assert answers == [""]
    normalised = value.replace("\r\n", "\n").replace("\r", "\n")
    assert run.evaluate("document.querySelector('#f').value") == normalised


FORM = """
<form onsubmit="window.sent = Object.fromEntries(new FormData(this)); return false">
  <label for=a>Account SID *</label><input id=a name=sid oninput="window.typed = this.value">
  <input aria-label="Auth token" name=token type=password>
  <label hidden for=c>Hidden</label><input hidden id=c name=c>
  <button type=button onclick="window.pressed = 'Create more'">Create more</button>
  <button>Create</button>
  <button type=button disabled>Later</button>
</form>
"""


@pytest.mark.webengine
def test_driver_fills_and_presses_what_a_person_would(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("", FORM)))
    driver = PageDriver(run.dialog.page, run.dialog)
    answers: list[str] = []
    driver.fill("Account SID", "AC1", answers.append)
    run.wait_until(lambda: len(answers) == 1)
    driver.fill("Auth token", "t0", answers.append)
    run.wait_until(lambda: len(answers) == 2)
    driver.press("Create", answers.append)
    run.wait_until(lambda: len(answers) == 3)
    assert answers == ["", "", ""]
    seen = "JSON.stringify([window.sent, window.typed, window.pressed])"
    run.wait_until(lambda: run.evaluate(seen) == '[{"sid":"AC1","token":"t0","c":""},"AC1",null]')


@pytest.mark.webengine
@pytest.mark.parametrize(
    ("action", "label", "missing"),
    [
        ("fill", "Hidden", 'no field labelled "Hidden"'),
        ("fill", "Nowhere", 'no field labelled "Nowhere"'),
        ("press", "Delete", 'no button "Delete"'),
        ("press", "Later", 'the button "Later" is disabled'),
    ],
)
def test_driver_says_what_is_missing(
    bench: DialogBench, pages: PageServer, action: str, label: str, missing: str
) -> None:
    run = bench.open(serve(pages, "/d", html("", FORM)))
    run.wait_for_load()
    answers: list[str] = []
    driver = PageDriver(run.dialog.page, run.dialog, limit_ms=100)
    if action == "fill":
        driver.fill(label, "x", answers.append)
    else:
        driver.press(label, answers.append)
    run.wait_until(lambda: bool(answers))
    assert answers == [missing]


@pytest.mark.webengine
def test_driver_waits_for_what_comes_late(bench: DialogBench, pages: PageServer) -> None:
    late = "setTimeout(() => { const b = document.createElement('button'); b.textContent = 'Go';"
    finish = f"b.onclick = () => {{ {post()} }}; document.body.append(b) }}, 200);"
    run = bench.make()
    answers: list[str] = []
    PageDriver(run.dialog.page, run.dialog).press("Go", answers.append)
    run.open(serve(pages, "/d", html(late + finish)))
    run.wait_for_finish()
    run.wait_until(lambda: answers == [""])


@pytest.mark.webengine
def test_driver_gives_up_where_no_page_comes(bench: DialogBench) -> None:
    run = bench.make()
    answers: list[str] = []
    PageDriver(lambda: None, run.dialog, limit_ms=100).press("Go", answers.append)
    run.wait_until(lambda: answers == ["the page is not there yet"])
