"""Icons: fetched once, kept on disk, and only those that are asked for."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import PATIENCE_MS, AttemptBench
from tray_auth_desktop.core.models import Authentication, Service
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.onboarding.icon_addresses import IconAddresses
from tray_auth_desktop.onboarding.icons import MAX_BYTES, IconFolder, IconStore
from tray_auth_desktop.onboarding.load_state import Loaded, Loading

URL = "https://icons.test/slack.svg"


def make(data: bytes, size_px: int) -> str | None:
    """Stand in for what makes a picture: anything but what is broken."""
    assert threading.current_thread() is not threading.main_thread()
    return None if data == b"broken" else f"{data.decode()} {size_px}"


@pytest.fixture
def folder(tmp_path: Path) -> IconFolder:
    return IconFolder(lambda: tmp_path / "icons")


def store_of(bench: AttemptBench, folder: IconFolder | None) -> IconStore[str]:
    return IconStore(lambda: bench.client, bench.tasks, folder)


def picture(store: IconStore[str], qtbot: QtBot, url: str = URL, size_px: int = 32) -> str | None:
    """Ask, wait, and ask again."""
    with qtbot.waitSignal(store.arrived, timeout=PATIENCE_MS):
        assert store.picture(url, size_px, make) is None
    return store.picture(url, size_px, make)


def test_an_icon_is_fetched_once_and_kept(bench: AttemptBench, folder: IconFolder, qtbot: QtBot) -> None:
    bench.client.icons[URL] = b"slack"
    store = store_of(bench, folder)
    assert picture(store, qtbot) == "slack 32"
    assert picture(store, qtbot, size_px=64) == "slack 64"
    assert picture(store_of(bench, folder), qtbot) == "slack 32", "the next program has it on disk"
    assert bench.client.icon_calls == [URL]


def test_what_is_broken_is_not_kept_and_not_asked_for_again(
    bench: AttemptBench, folder: IconFolder, qtbot: QtBot
) -> None:
    bench.client.icons |= {URL: b"broken", "https://icons.test/good": b"good"}
    store = store_of(bench, folder)
    assert store.picture(URL, 32, make) is None
    assert picture(store, qtbot, "https://icons.test/good") == "good 32"
    qtbot.waitUntil(lambda: not store._running, timeout=PATIENCE_MS)
    assert store.picture(URL, 32, make) is None
    assert store.picture(URL, 64, make) is None
    assert bench.client.icon_calls.count(URL) == 1
    assert folder.read(URL) is None


def test_what_could_not_be_fetched_is_asked_for_again_only_on_demand(
    bench: AttemptBench, folder: IconFolder, qtbot: QtBot
) -> None:
    store = store_of(bench, folder)
    bench.client.error = NetworkError("Not reached.")
    store.picture(URL, 32, make)
    qtbot.waitUntil(lambda: not store._running, timeout=PATIENCE_MS)
    bench.client.error, bench.client.icons[URL] = None, b"slack"
    assert store.picture(URL, 32, make) is None
    assert bench.client.icon_calls == [URL]
    store.try_again()
    assert picture(store, qtbot) == "slack 32"


def test_a_file_that_was_broken_on_disk_is_fetched_again(
    bench: AttemptBench, folder: IconFolder, qtbot: QtBot
) -> None:
    folder.write(URL, b"broken")
    bench.client.icons[URL] = b"slack"
    assert picture(store_of(bench, folder), qtbot) == "slack 32"
    assert folder.read(URL) == b"slack"


def test_an_icon_that_is_too_large_is_none(bench: AttemptBench, folder: IconFolder, qtbot: QtBot) -> None:
    bench.client.icons[URL] = b"x" * (MAX_BYTES + 1)
    store = store_of(bench, folder)
    store.picture(URL, 32, make)
    qtbot.waitUntil(lambda: not store._running, timeout=PATIENCE_MS)
    assert store.picture(URL, 32, make) is None
    assert bench.client.icon_calls == [URL]


def test_a_few_at_a_time_and_the_newest_first(bench: AttemptBench, qtbot: QtBot) -> None:
    urls = [f"https://icons.test/{number}" for number in range(100)]
    bench.client.icons = dict.fromkeys(urls, b"x")
    store = store_of(bench, None)
    for url in urls:
        store.picture(url, 16, make)
    assert len(store._running) == 4
    qtbot.waitUntil(lambda: not store._running and not store._waiting, timeout=PATIENCE_MS)
    asked = bench.client.icon_calls
    assert set(asked[:4]) == set(urls[:4])
    assert set(asked[4:]) == set(urls[-48:]), "who scrolled on has no use for those in between"


def test_the_folder_drops_what_was_not_used_for_longest(tmp_path: Path) -> None:
    folder = IconFolder(lambda: tmp_path, max_files=3)
    for number in range(3):
        folder.write(f"u{number}", b"x")
    for age, path in enumerate(sorted(tmp_path.iterdir())):
        os.utime(path, (1_000 + age, 1_000 + age))
    assert folder.read("u0") == b"x", "used now"
    folder.write("u3", b"x")
    assert len(list(tmp_path.iterdir())) == 3
    assert folder.read("u0") == b"x"
    assert folder.read("u3") == b"x"


def test_a_folder_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    folder = IconFolder(lambda: blocked / "icons")
    folder.write(URL, b"x")
    assert folder.read(URL) is None


# Where icons are.

SLACK = Service("s1", "slack", "Slack", URL, "4")
LOCAL = Service("s4", "local", "Local", "http://127.0.0.1:5000/icon.svg", "1")


def test_addresses_are_learned_from_authentications_and_kept(
    bench: AttemptBench, tmp_path: Path, qtbot: QtBot
) -> None:
    addresses = IconAddresses(bench.tasks, lambda: tmp_path)
    bare = Service("s2", "slack", "Slack", version="3")
    assert addresses.of(bare) == ""
    with qtbot.waitSignal(addresses.changed):
        addresses.learn(Loaded((Authentication("a", service=SLACK), Authentication("b", service=LOCAL))))
    assert addresses.of(bare) == URL
    assert addresses.of(LOCAL) == LOCAL.icon
    assert addresses.of(Service("s3", "other", icon="own")) == "own"
    path = tmp_path / "icon-addresses.json"
    qtbot.waitUntil(path.exists, timeout=PATIENCE_MS)
    later = IconAddresses(bench.tasks, lambda: tmp_path)
    with qtbot.waitSignal(later.changed, timeout=PATIENCE_MS):
        later.read()
    assert later.of(bare) == URL
    assert later.of(replace(LOCAL, icon=None)) == "", "the stand-in's is another the next time"


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"slack": 1}'])
def test_a_broken_file_of_addresses_holds_none(
    bench: AttemptBench, tmp_path: Path, qtbot: QtBot, content: str
) -> None:
    (tmp_path / "icon-addresses.json").write_text(content)
    addresses = IconAddresses(bench.tasks, lambda: tmp_path)
    addresses.read()
    qtbot.waitUntil(lambda: not addresses._file_task.is_running, timeout=PATIENCE_MS)
    assert addresses.of(Service("s2", "slack")) == ""


def test_what_names_nothing_new_changes_nothing(bench: AttemptBench, qtbot: QtBot) -> None:
    addresses = IconAddresses(bench.tasks)
    addresses.learn(Loaded((Authentication("a", service=SLACK),)))
    with qtbot.assertNotEmitted(addresses.changed):
        addresses.learn(Loaded((Authentication("b", service=SLACK),)))
        addresses.learn(Loading())
