"""Library names become package names of the release at hand, and are installed or asked for."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from subprocess import CompletedProcess

import pytest

from scripts.debian import Apt, Console, parse_policy, policy_name, privilege


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libX11.so.6", "libx11-6"),
        ("libasound.so.2", "libasound2"),
        ("libbrotlidec.so.1", "libbrotli1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libgcc_s.so.1", "libgcc-s1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libnss3.so", "libnss3"),
        ("libpng16.so.16", "libpng16-16"),
        ("libsmime3.so", "libnss3"),
        ("libxcb-dri3.so.0", "libxcb-dri3-0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libz.so.1", "zlib1g"),
        ("strange", "strange"),
    ],
)
def test_policy_name(soname: str, package: str) -> None:
    assert policy_name(soname) == package


def test_a_name_without_candidate_is_unknown() -> None:
    output = (
        "libasound2:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n"
        "libasound2t64:\n  Installed: (none)\n  Candidate: 1.2.11-1\n  Version table:\n     1.2.11-1 500\n"
        "libnss3:\n  Installed: 2:3.87.1-1\n  Candidate: 2:3.87.1-1\n  Version table:\n *** 2:3.87.1-1 500\n"
    )
    assert parse_policy(output) == {"libasound2t64", "libnss3"}
    assert parse_policy("N: Unable to locate package libnss3\n") == frozenset()


class Release:
    """A Debian release at the seam `Run`: knows some packages, installs them, notes each command."""

    def __init__(
        self,
        *packages: str,
        lists: bool = True,
        stale: bool = False,
        fetches: bool = True,
        installed: Sequence[str] = (),
    ) -> None:
        self.packages, self.installed = packages, installed
        self.lists, self.stale, self.fetches = lists, stale, fetches
        self.commands: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str]) -> CompletedProcess[str]:
        self.commands.append(tuple(command))
        if command[:2] == ("apt-cache", "policy"):
            return self._answer(0, "".join(self._policy(name) for name in command[2:]))
        if command[0] == "dpkg-query":
            return self._answer(0, "\n".join(self.installed))
        if "update" in command:
            self.lists, self.stale = True, False
        elif "install" in command and not self._can_install(self._names(command)):
            return self._answer(100, "E: Failed to fetch it, 404 Not Found\n")
        return self._answer(0, "")

    @staticmethod
    def _answer(code: int, output: str) -> CompletedProcess[str]:
        return CompletedProcess((), code, output)

    def _policy(self, name: str) -> str:
        candidate = "1.0" if self.lists and name in self.packages else "(none)"
        return f"{name}:\n  Installed: (none)\n  Candidate: {candidate}\n  Version table:\n"

    def _can_install(self, names: Sequence[str]) -> bool:
        return self.fetches and not self.stale and set(names) <= set(self.packages)

    @staticmethod
    def _names(command: Sequence[str]) -> list[str]:
        return list(command[list(command).index("install") + 1 :])

    @property
    def verbs(self) -> list[str]:
        """What apt-get was told to do, in order."""
        words = [word for command in self.commands for word in command]
        return [word for word in words if word in {"update", "install"}]

    @property
    def asked_for(self) -> list[str]:
        """Packages of the last install."""
        return self._names(next(command for command in reversed(self.commands) if "install" in command))


def _apt(release: Release, prefix: tuple[str, ...] | None = ()) -> tuple[Apt, io.StringIO]:
    stream = io.StringIO()
    return Apt(release, prefix, Console(stream)), stream


def test_the_name_this_release_has_is_installed() -> None:
    old, new = Release("libasound2", "libnss3"), Release("libasound2t64", "libnss3")
    for release in (old, new):
        assert _apt(release)[0].install({"libasound.so.2", "libnss3.so", "libsmime3.so"})
        assert release.verbs == ["install"]
    assert old.asked_for == ["libasound2", "libnss3"]
    assert new.asked_for == ["libasound2t64", "libnss3"]


def test_fonts_are_installed_beside() -> None:
    release = Release("fonts-dejavu-core", "libnss3")
    assert _apt(release)[0].install({"libnss3.so"}, ("fonts-dejavu-core",))
    assert release.asked_for == ["fonts-dejavu-core", "libnss3"]


def test_missing_lists_are_read_first() -> None:
    release = Release("libnss3", lists=False)
    assert _apt(release)[0].install({"libnss3.so"})
    assert release.verbs == ["update", "install"]


def test_stale_lists_are_read_again() -> None:
    release = Release("libnss3", stale=True)
    assert _apt(release)[0].install({"libnss3.so"})
    assert release.verbs == ["install", "update", "install"]


def test_a_failure_is_shown() -> None:
    apt, stream = _apt(Release("libnss3", fetches=False))
    assert not apt.install({"libnss3.so"})
    assert "404 Not Found" in stream.getvalue()


def test_an_unknown_library_installs_nothing_and_the_rest_is_installed() -> None:
    release = Release("libnss3")
    apt, _ = _apt(release)
    assert not apt.install({"libnovel.so.9"})
    assert "install" not in release.verbs
    assert apt.install({"libnovel.so.9", "libnss3.so"})
    assert release.asked_for == ["libnss3"]


def test_without_permission_the_one_command_is_printed() -> None:
    release = Release("libasound2t64", "libnss3")
    apt, stream = _apt(release, prefix=None)
    apt.ask_for({"libasound.so.2", "libnss3.so"})
    assert not apt.may_install
    assert release.verbs == []
    command = stream.getvalue().splitlines()[-1].strip()
    assert re.fullmatch(
        r"sudo sh -c 'apt-get update && apt-get install .* libasound2t64 libnss3'", command
    ), command


@pytest.mark.parametrize(
    ("installed", "package"), [("libssl3t64", "libasound2t64"), ("libssl3", "libasound2")]
)
def test_without_lists_the_likely_name_is_printed(installed: str, package: str) -> None:
    apt, stream = _apt(Release(lists=False, installed=("base-files", installed)), prefix=None)
    apt.ask_for({"libasound.so.2", "libnss3.so"})
    assert stream.getvalue().rstrip().endswith(f" {package} libnss3'")


def test_privilege() -> None:
    def allowed(_: Sequence[str]) -> CompletedProcess[str]:
        return CompletedProcess((), 0, "")

    def refused(_: Sequence[str]) -> CompletedProcess[str]:
        return CompletedProcess((), 1, "sudo: a password is required\n")

    assert privilege(refused, 0, None) == ()
    assert privilege(allowed, 1000, "/usr/bin/sudo") == ("/usr/bin/sudo", "-n")
    assert privilege(refused, 1000, "/usr/bin/sudo") is None
    assert privilege(allowed, 1000, None) is None
