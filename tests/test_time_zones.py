"""Names of time zones are checked against those that the computer knows."""

from __future__ import annotations

import pytest

from tray_auth_desktop.time_zones import check_time_zone, time_zones


@pytest.mark.parametrize("name", ["", "Asia/Tokyo", "UTC", "America/Argentina/Buenos_Aires"])
def test_zones_that_there_are(name: str) -> None:
    check_time_zone(name)


@pytest.mark.skipif(not time_zones(), reason="this system brings no list of time zones")
def test_a_zone_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="'Mars/Olympus' is no time zone"):
        check_time_zone("Mars/Olympus")
