"""Which web engine runs here. Importing this loads the engine's libraries, but starts no process of it."""

from __future__ import annotations

from PySide6.QtWebEngineCore import (
    qWebEngineChromiumSecurityPatchVersion,
    qWebEngineChromiumVersion,
    qWebEngineVersion,
)


def engine_versions() -> tuple[str, str, str]:
    """Return the versions of Qt WebEngine, of its Chromium, and of the one its security patches are from."""
    versions = (qWebEngineVersion(), qWebEngineChromiumVersion(), qWebEngineChromiumSecurityPatchVersion())
    qt, chromium, patches = (_text(version) for version in versions)
    return qt, chromium, patches


def _text(version: str | bytes | bytearray | memoryview) -> str:
    """Return a version as text: the stubs promise bytes, and text comes (seen in 6.11.3)."""
    return version if isinstance(version, str) else bytes(version).decode()
