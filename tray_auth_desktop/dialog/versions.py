"""Which web engine runs here. Importing this loads the engine's libraries, but starts no process of it."""

from __future__ import annotations

from PySide6.QtWebEngineCore import (
    qWebEngineChromiumSecurityPatchVersion,
    qWebEngineChromiumVersion,
    qWebEngineVersion,
)


def engine_versions() -> tuple[str, str, str]:
    """Return the versions of Qt WebEngine, of its Chromium, and of the one its security patches are from."""
    return qWebEngineVersion(), qWebEngineChromiumVersion(), qWebEngineChromiumSecurityPatchVersion()
