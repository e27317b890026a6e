"""Pictures: compared pixel by pixel, their differences drawn, and those of real dialogs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.conftest import PageServer
from tests.qa.audit_rig import a_case, auditing, put, settings_for
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.pictures import difference, file_name, keep
from tray_auth_desktop.standin import StandIn

GOOD = "<h1>Connect</h1><button>Create</button>"


def image(width: int = 40, height: int = 30, color: str = "white") -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(color))
    return made


def png(picture: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes text; the stubs want bytes
    return bytes(data.data())


def test_the_same_does_not_differ() -> None:
    assert difference(image(), image()).share == 0


def test_a_pixel_that_differs_is_counted_and_drawn_in_red() -> None:
    now = image()
    now.setPixelColor(7, 3, QColor("black"))
    found = difference(image(), now)
    assert found.share == pytest.approx(1 / 1200)
    assert found.picture is not None
    assert found.picture.pixelColor(7, 3).red() > 200
    assert found.picture.pixelColor(7, 3).green() < 60
    assert found.picture.pixelColor(8, 3) == QColor("white")


@pytest.mark.parametrize("channel", ["red", "green", "blue"])
def test_each_colour_counts_by_itself(channel: str) -> None:
    color = QColor("white")
    getattr(color, f"set{channel.capitalize()}")(200)
    assert difference(image(), image(color=color.name())).share == 1


def test_what_nobody_sees_is_no_difference() -> None:
    assert difference(image(color="#ffffff"), image(color="#f0f0f0")).share == 0


def test_pictures_of_different_sizes_differ_altogether() -> None:
    found = difference(image(), image(41))
    assert (found.share, found.picture) == (1, None)


def test_names_of_files_are_fit_and_unlike_each_other() -> None:
    names = {file_name("a/b c/ü"), file_name("a/b c/ä"), file_name("a-b-c-"), file_name("x" * 300)}
    assert len(names) == 4
    assert all(name.isascii() and "/" not in name and len(name) < 120 for name in names)


def test_a_picture_that_differs_is_taken_again_before_it_counts(
    qapp: QApplication, stand_in: StandIn, tmp_path: Path
) -> None:
    settings = settings_for(stand_in, tmp_path / "report", baseline=str(tmp_path / "baseline"))
    (tmp_path / "baseline").mkdir()
    good, bad = png(image()), png(image(color="red"))
    (tmp_path / "baseline" / file_name("one")).write_bytes(good)
    facts, findings = keep(bad, "one", settings, lambda: good)
    assert findings == []
    assert (tmp_path / "report" / facts["picture"]).read_bytes() == good
    facts, findings = keep(bad, "one", settings, lambda: bad)
    assert [one.rule for one in findings] == ["changed"]
    assert "100.00% of the pixels differ from the baseline; 0.10% may" in findings[0].text
    assert all(
        (tmp_path / "report" / facts[name]).is_file() for name in ("picture", "baseline", "difference")
    )


def test_a_baseline_that_is_no_picture_is_said(stand_in: StandIn, tmp_path: Path) -> None:
    settings = settings_for(stand_in, tmp_path, baseline=str(tmp_path))
    (tmp_path / file_name("one")).write_bytes(b"no picture")
    with pytest.raises(UsageError, match="cannot be read"):
        keep(png(image()), "one", settings, lambda: None)


@pytest.mark.webengine
def test_a_dialog_is_compared_with_its_earlier_picture(
    qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path
) -> None:
    baseline = tmp_path / "baseline"
    options = {"pictures": True, "baseline": str(baseline)}
    case = a_case(stand_in)
    put(pages, stand_in, GOOD)
    update = settings_for(stand_in, tmp_path / "1", pages.origin, updates_baseline=True, **options)
    with auditing(update) as auditor:
        first = auditor.audit(case)
    assert first.status == "passed"
    assert (baseline / file_name(case.id)).read_bytes() == (tmp_path / "1" / first.picture).read_bytes()
    with auditing(settings_for(stand_in, tmp_path / "2", pages.origin, **options)) as auditor:
        same = auditor.audit(case)
        put(pages, stand_in, GOOD.replace("Connect", "Connect now and for ever"))
        other = auditor.audit(case)
        new = auditor.audit(a_case(stand_in, id="another"))
    assert (same.status, same.findings, same.difference) == ("passed", (), "")
    assert other.status == "failed"
    assert [one.rule for one in other.findings] == ["changed"]
    assert (tmp_path / "2" / other.difference).is_file()
    assert [(one.rule, one.severity) for one in new.findings] == [("no-baseline", "note")]
    assert new.status == "passed"
    shown = QImage(str(tmp_path / "2" / other.picture))
    assert (shown.width(), shown.height()) == (500, 500)
