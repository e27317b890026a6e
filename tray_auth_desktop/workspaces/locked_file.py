"""A small text file that several copies of the program change: read whole, written whole, one at a time."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tray_auth_desktop.errors import UsageError

_LARGEST_BYTES = 1_000_000
_LOCK_LIMIT_S = 10.0
_LOCK_PAUSE_S = 0.02
_BOM = "\ufeff"


def read_text(path: Path) -> str | None:
    """Return the text of the file; None if there is no such file.

    Raises:
        UsageError: it is there and cannot be read; says why.
    """
    try:
        if not path.exists():
            return None
        if not path.is_file():
            raise _unreadable(path, "it is no file")
        if path.stat().st_size > _LARGEST_BYTES:
            raise _unreadable(path, "it is far too large to be one")
        return _decoded(path, path.read_bytes())
    except OSError as error:
        raise _unreadable(path, _reason(error)) from error


def write_text(path: Path, text: str) -> None:
    """Put a text in the place of the file, all or nothing; only its owner can read it.

    Raises:
        UsageError: it cannot be written; says why. The file is as it was then.
    """
    target = Path(os.path.realpath(path))  # a link stays one
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise _unwritable(path, "it is write-protected")
        _replace(target, text.encode())
    except OSError as error:
        raise _unwritable(path, _reason(error)) from error


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other copies of the program from changing the file meanwhile.

    Raises:
        UsageError: its folder cannot be made or locked.
    """
    folder = Path(os.path.realpath(path)).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = _open_lock(folder)
    except OSError as error:
        raise _unwritable(path, _reason(error)) from error
    try:
        until = time.monotonic() + _LOCK_LIMIT_S
        while not _try_lock(lock):
            if time.monotonic() > until:
                raise _unwritable(path, "another copy of the program is changing it and does not finish")
            time.sleep(_LOCK_PAUSE_S)
        yield
    finally:
        os.close(lock)  # which also gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _open_lock(folder: Path) -> int:
        return os.open(folder / "config.lock", os.O_RDWR | os.O_CREAT)

    def _try_lock(lock: int) -> bool:
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open_lock(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)  # the folder itself: nothing is left behind

    def _try_lock(lock: int) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise UsageError(
            f"{path}, line {line}, column {column}: not a letter in UTF-8.",
            advice="Save the file as UTF-8. The program does not change it until it can be read.",
        ) from error


def _replace(target: Path, text: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if sys.platform != "win32":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _unreadable(path: Path, why: str) -> UsageError:
    return UsageError(
        f"The file of workspaces {path} cannot be read: {why}.",
        advice="Check the path and its permissions. The program does not change it until it can be read.",
    )


def _unwritable(path: Path, why: str) -> UsageError:
    return UsageError(
        f"The file of workspaces {path} cannot be written: {why}.",
        advice="Nothing was changed. Check path, permissions and room on the disk, then try again.",
    )
