"""Map library names to packages of a Debian family system and install them.

The name of a library package follows from the library's soname by Debian's
policy; the few that do not are in a table. `apt-cache` then says which of the
possible names this release has.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from shutil import which
from typing import TextIO

# Sonames whose package is not the one that policy makes of them.
EXCEPTIONS = {
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libjpeg.so.62": "libjpeg62-turbo",
    "libnssutil3.so": "libnss3",
    "libplc4.so": "libnspr4",
    "libplds4.so": "libnspr4",
    "libsmime3.so": "libnss3",
    "libssl3.so": "libnss3",
    "libz.so.1": "zlib1g",
}
# Renamed when time_t grew to 64 bits; asked for only where apt has no lists to look in.
RENAMED_T64 = frozenset({"libasound2", "libglib2.0-0", "libpng16-16"})

_SONAME = re.compile(r"(?P<stem>.+?)\.so(?:\.(?P<version>[\d.]+))?")
_POLICY = re.compile(r"^(?P<name>\S+):\n  Installed: .*\n  Candidate: (?P<candidate>.*)$", re.MULTILINE)

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]
"""Runs a command to its end; stdout and stderr come back together as `stdout`."""


class Console:
    """Where a person reads what set-up does.

    Args:
        stream: stderr of the program; stdout belongs to what runs afterwards.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def say(self, line: str) -> None:
        """Write one line."""
        self._stream.write(line + "\n")
        self._stream.flush()


def policy_name(soname: str) -> str:
    """Return the package that should hold a library.

    Example:
        `libX11-xcb.so.1` gives `libx11-xcb1`, `libdbus-1.so.3` gives `libdbus-1-3`.
    """
    if soname in EXCEPTIONS:
        return EXCEPTIONS[soname]
    match = _SONAME.fullmatch(soname)
    if match is None:
        return soname.lower()
    stem, version = match["stem"].lower().replace("_", "-"), match["version"] or ""
    if stem == "libglib-2.0":  # the one stem whose dash policy drops
        stem = "libglib2.0"
    joint = "-" if version and stem[-1].isdigit() else ""
    return f"{stem}{joint}{version}"


def parse_policy(output: str) -> frozenset[str]:
    """Return the names that `apt-cache policy` has a version of to install."""
    found = _POLICY.finditer(output)
    return frozenset(match["name"] for match in found if match["candidate"] != "(none)")


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without input and in plain English."""
    return subprocess.run(  # noqa: S603 - the commands are spelt out in this module
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C"},
        text=True,
        check=False,
    )


def privilege(run: Run, user_id: int, sudo: str | None) -> tuple[str, ...] | None:
    """Return what to put before a command that only root may run; None if nothing helps."""
    if user_id == 0:
        return ()
    if sudo is not None and run((sudo, "-n", "true")).returncode == 0:
        return (sudo, "-n")
    return None


def _wishes(sonames: Iterable[str], packages: Iterable[str]) -> list[str]:
    return sorted({*packages, *map(policy_name, sonames)})


class Apt:
    """The package manager of this system.

    Args:
        run: runs a command.
        prefix: what makes a command privileged; None if we may not install.
        console: told what is done, and what the person has to do.
    """

    def __init__(self, run: Run, prefix: tuple[str, ...] | None, console: Console) -> None:
        self._run = run
        self._prefix = prefix
        self._console = console

    @classmethod
    def of_this_system(cls, console: Console) -> Apt | None:
        """Return the package manager; None where there is no apt."""
        if which("apt-get") is None or which("apt-cache") is None:
            return None
        return cls(run, privilege(run, os.geteuid(), which("sudo")), console)

    @property
    def may_install(self) -> bool:
        """We are root, or `sudo` lets us without a password."""
        return self._prefix is not None

    def install(self, sonames: Iterable[str], packages: Iterable[str] = ()) -> bool:
        """Install what holds the libraries, and the packages named.

        Package lists are read first if they do not know a name, and again if
        apt fails, for then they may be stale.

        Returns:
            Whether anything was installed. If apt failed, the console shows how.
        """
        wishes = _wishes(sonames, packages)
        known = self._known(wishes)
        if len(known) < len(wishes):
            self._console.say("  reading apt's package lists")
            self._privileged("update")
            known = self._known(wishes)
        if not known:
            return False
        return self._install(sorted({*known.values()}))

    def _install(self, names: list[str]) -> bool:
        self._console.say(f"  installing {len(names)} system packages with apt-get")
        done = self._privileged("install", *names)
        if done.returncode != 0:
            self._privileged("update")
            done = self._privileged("install", *names)
        if done.returncode != 0:
            self._console.say("apt-get failed:\n" + "\n".join(done.stdout.splitlines()[-15:]))
        return done.returncode == 0

    def ask_for(self, sonames: Iterable[str], packages: Iterable[str] = ()) -> None:
        """Print the one command that installs the same, for a person who may."""
        names = " ".join(self._chosen(_wishes(sonames, packages)))
        self._console.say("Only root may install system packages. This command installs them:")
        command = f"apt-get update && apt-get install --yes --no-install-recommends {names}"
        self._console.say(f"  sudo sh -c '{command}'")

    def _privileged(self, verb: str, *names: str) -> subprocess.CompletedProcess[str]:
        options = ("--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
        quiet = ("env", "DEBIAN_FRONTEND=noninteractive")
        return self._run((*(self._prefix or ()), *quiet, "apt-get", *options, verb, *names))

    def _known(self, wishes: Iterable[str]) -> dict[str, str]:
        """Return, for each wish that this release has, the name it has it under."""
        names = {wish: (f"{wish}t64", wish) for wish in wishes}
        asked = [name for pair in names.values() for name in pair]
        here = parse_policy(self._run(("apt-cache", "policy", *asked)).stdout)
        found = {wish: [name for name in pair if name in here] for wish, pair in names.items()}
        return {wish: choice[0] for wish, choice in found.items() if choice}

    def _chosen(self, wishes: list[str]) -> list[str]:
        """Return a name for every wish, the likeliest where apt knows none."""
        known = self._known(wishes)
        here = self._run(("dpkg-query", "--show", "--showformat=${Package}\n")).stdout.split()
        renamed = RENAMED_T64 if any(name.endswith("t64") for name in here) else frozenset()
        likely = {wish: f"{wish}t64" if wish in renamed else wish for wish in wishes}
        return sorted({known.get(wish, likely[wish]) for wish in wishes})
