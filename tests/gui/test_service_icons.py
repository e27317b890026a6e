"""Icons of services: made into tiles, only for rows that are seen; what is hostile stays a letter."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from tests.gui.form_bench import FormClient, make_form_stage
from tray_auth_desktop.core.models import Authentication, Connector, Service
from tray_auth_desktop.gui.icon_picture import make_tile

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
)
CIRCLE = f'{HEAD}<circle cx="5" cy="5" r="4" fill="#ff0000"/></svg>'
FULL = f'{HEAD}<rect width="10" height="10" fill="#0000ff"/></svg>'
WHITE = f'{HEAD}<circle cx="5" cy="5" r="4" fill="#ffffff"/></svg>'


def tile(text: str | bytes, size_px: int = 40) -> QImage | None:
    return make_tile(text.encode() if isinstance(text, str) else text, size_px)


def color_at(image: QImage | None, x: float, y: float) -> str:
    assert image is not None
    return image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1))).name(
        QColor.NameFormat.HexArgb
    )


def png(width: int = 8, height: int = 8, color: str = "#00ff00") -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(color))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def huge_png() -> bytes:
    """Return a PNG that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size_px", [17, 34, 68])
def test_a_tile_has_exactly_the_pixels_of_the_screen(qapp: object, size_px: int) -> None:
    for data in (CIRCLE.encode(), png()):
        made = tile(data, size_px)
        assert made is not None
        assert (made.width(), made.height()) == (size_px, size_px)
        assert color_at(made, 0, 0) == "#00000000", "round corners"


def test_a_drawing_stands_on_a_ground_it_can_be_seen_on(qapp: object) -> None:
    assert color_at(tile(CIRCLE), 0.5, 0.04) == "#ffffffff"
    assert color_at(tile(CIRCLE), 0.5, 0.5) == "#ffff0000"
    assert QColor(color_at(tile(WHITE), 0.5, 0.04)).lightness() < 80
    assert color_at(tile(FULL), 0.5, 0.02) == "#ff0000ff", "one that fills its square needs none"
    assert color_at(tile(png()), 0.5, 0.5) == "#ff00ff00"


def test_a_wide_picture_is_not_distorted(qapp: object) -> None:
    wide = tile(png(40, 10))
    assert color_at(wide, 0.5, 0.5) == "#ff00ff00"
    assert color_at(wide, 0.5, 0.2) == "#ffffffff"


def nested(levels: int) -> str:
    parts = ['<g id="a0"><rect width="1" height="1"/></g>']
    for level in range(1, levels):
        use = f'<use xlink:href="#a{level - 1}"/>'
        parts.append(f'<g id="a{level}">{use * 10}</g>')
    return f"{HEAD}{''.join(parts)}</svg>"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"<!doctype html><html><body>404</body></html>",
        b"<svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><rect",
        b"<note><svg/></note>",
        b"\xff\xfe<\0s\0v\0g\0",
        b"\x1f\x8b" + zlib.compress(FULL.encode()),
        huge_png(),
        f"{HEAD}</svg>".encode(),
        f'{HEAD}<image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>'.encode(),
        f'{HEAD}<image href="https://evil.test/x.png" width="9" height="9"/></svg>'.encode(),
        f'{HEAD}<style>@import url("https://evil.test/x.css");</style></svg>'.encode(),
        f'{HEAD}<rect width="9" height="9" fill="url(https://evil.test/x#a)"/></svg>'.encode(),
        f'{HEAD}<script>1</script><rect width="9" height="9"/></svg>'.encode(),
        f'{HEAD}<path d="M0 0h9" stroke="#000" stroke-dasharray="0.000001"/></svg>'.encode(),
        f'<!DOCTYPE svg [<!ENTITY a "{"x" * 99}">]>{HEAD}<text>&a;</text></svg>'.encode(),
        nested(8).encode(),
        (HEAD + "<g>" * 100 + "</g>" * 100 + "</svg>").encode(),
        (HEAD + '<rect width="1" height="1"/>' * 5_000 + "</svg>").encode(),
    ],
    ids=range(20),
)
def test_what_is_broken_or_hostile_makes_no_tile(qapp: object, content: bytes) -> None:
    assert tile(content) is None


def test_an_svg_may_hold_a_sensible_picture_and_refer_to_itself(qapp: object) -> None:
    inside = base64.b64encode(png()).decode()
    picture = f'<image xlink:href="data:image/png;base64,{inside}" width="10" height="10"/>'
    assert color_at(tile(f"{HEAD}{picture}</svg>"), 0.5, 0.5) == "#ff00ff00"
    gradient = (
        '<defs><linearGradient id="g"><stop stop-color="#ff0000"/></linearGradient></defs>'
        '<rect width="10" height="10" fill="url(#g)"/>'
    )
    assert color_at(tile(f"{HEAD}{gradient}</svg>"), 0.5, 0.5) == "#ffff0000"
    hostile = base64.b64encode(huge_png()).decode()
    assert tile(f'{HEAD}<image href="data:image/png;base64,{hostile}" width="9" height="9"/></svg>') is None


def test_only_what_is_seen_is_fetched_and_shown_when_it_comes(qtbot: QtBot, tmp_path: Path) -> None:
    services = [
        Service(
            f"svc-{number}", f"service-{number:03}", f"Service {number:03}", f"https://i.test/{number}", "1"
        )
        for number in range(300)
    ]
    client = FormClient(connectors_kept=tuple(Connector(one.name, "1", service=one) for one in services))
    client.icons = {one.icon: FULL.encode() for one in services if one.icon}
    client.icons["https://i.test/1"] = b"broken"
    stage = make_form_stage(qtbot, tmp_path, client)
    stage.load()
    assert not [call for call in client.calls if call.startswith("icon")]
    field = stage.form.service_picker.field
    field.open_list()
    popup = field.completion_list

    def colors() -> list[str]:
        picture = popup.viewport().grab().toImage()
        rows = [popup.visualRect(popup.model().index(row, 0)).center().y() for row in range(3)]
        ratio = picture.devicePixelRatio()
        return [picture.pixelColor(round(12 * ratio), round((y + 9) * ratio)).name() for y in rows]

    stage.until(lambda: colors()[0] == colors()[2] == "#0000ff")
    assert colors()[1] != "#0000ff", "a broken one stays a letter"
    assert len([call for call in client.calls if call.startswith("icon")]) <= 12
    assert (tmp_path / "icons").is_dir()


def test_the_icon_of_any_version_stands_for_the_service(qtbot: QtBot, tmp_path: Path) -> None:
    new = Service("n", "slack", "Slack", None, "4")
    old = replace(new, service_id="o", version="3", icon="https://i.test/old")
    client = FormClient(
        connectors_kept=(Connector("slack", "2", service=new), Connector("slack", "1", service=old))
    )
    client.icons["https://i.test/old"] = FULL.encode()
    stage = make_form_stage(qtbot, tmp_path, client)
    stage.load()
    stage.form.service_picker.field.open_list()
    stage.form.service_picker.field.completion_list.grab()
    stage.until(lambda: "icon https://i.test/old" in client.calls)
    stage.form.service_picker.field.completion_list.hide()


def test_icons_that_only_authentications_name_are_shown(qtbot: QtBot, tmp_path: Path) -> None:
    stage = make_form_stage(qtbot, tmp_path)
    stage.client.icons["https://i.test/slack"] = FULL.encode()
    named = Service("svc-slack", "slack", "Slack", "https://i.test/slack", "4")
    stage.client.lists["user-1"] = (Authentication("a", "Account", named),)
    stage.load()
    stage.catalog.load_authentications("user-1")
    field = stage.form.service_picker.field
    field.open_list()
    stage.until(lambda: "icon https://i.test/slack" in stage.client.calls)
    field.completion_list.hide()
    stage.until((tmp_path / "icon-addresses.json").exists)
