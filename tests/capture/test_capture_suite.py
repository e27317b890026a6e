"""Whole attempts of each way a dialog can end: one outcome, captured, and said by which way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.capture.rig import CaptureRig, expected_vias
from tests.capture.ways import WHOLE_WAYS
from tests.sizes import IS_FULL

pytestmark = pytest.mark.webengine

TRIALS = 2 if IS_FULL else 1


@pytest.fixture(scope="module")
def rig(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaptureRig]:
    rig = CaptureRig(qapp, tmp_path_factory.mktemp("capture"))
    yield rig
    rig.close()


@pytest.mark.parametrize("name", WHOLE_WAYS)
def test_every_way_ends_in_one_captured_outcome(rig: CaptureRig, name: str) -> None:
    way = WHOLE_WAYS[name]
    tally = rig.tally(way, TRIALS)
    assert (tally.delivered, tally.wrong) == (TRIALS, [])
    assert set(tally.vias) <= expected_vias(way)
