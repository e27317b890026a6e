"""Scripts put into pages: one way to do it, by name, world and time.

A script's file holds one function that takes its constants; they are handed over as
JSON, so that no value is ever pasted into code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QFile, QIODevice
from PySide6.QtWebEngineCore import QWebEngineScript

from tray_auth_desktop import assets

World = QWebEngineScript.ScriptWorldId
#: The world in which the channel and the relays live; no page script can look into it.
OUR_WORLD = World.ApplicationWorld


def call(name: str, constants: Mapping[str, object]) -> str:
    """Return source text that runs the function in `resources/dialog/{name}` with the constants."""
    function = assets.read_text(f"dialog/{name}").strip().removesuffix(";")
    # WORKAROUND: a comment may not stand between "(" and an arrow function's end, so a line break follows
    return f"(\n{function}\n)({json.dumps(dict(constants))});"


def script(
    name: str, constants: Mapping[str, object], *, world: World = OUR_WORLD, with_channel: bool = False
) -> QWebEngineScript:
    """Return a script that runs in main frames before any script of the page.

    Args:
        name: File name below `resources/dialog/`.
        constants: Handed to the script's function.
        world: The world it runs in.
        with_channel: Whether Qt's `QWebChannel` class is put before it.
    """
    made = QWebEngineScript()
    made.setName(name)
    made.setWorldId(world)
    made.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    made.setRunsOnSubFrames(False)
    made.setSourceCode((_channel_source() if with_channel else "") + call(name, constants))
    return made


@cache
def _channel_source() -> str:
    """Return Qt's own client of the channel, which is part of the QtWebChannel library."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise RuntimeError("QtWebChannel does not carry qwebchannel.js")
    return bytes(file.readAll().data()).decode("utf-8") + "\n"
