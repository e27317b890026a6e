"""Forged messages, really posted: pages full of them, from every place that is not the dialog's window.

None is accepted, and each stands in the journal's timeline with its reason.
"""

from __future__ import annotations

import pytest

from tests.conftest import PageServer
from tests.dialog.dialog_bench import OPENER_ORIGIN
from tests.forgery.conftest import MakeAttempts
from tests.forgery.forge_bench import MESSAGES, Sites, run_stage
from tests.forgery.stages import STAGES
from tests.sizes import only_full
from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.core.window_message import Rejection

pytestmark = pytest.mark.webengine


@pytest.mark.parametrize("name", STAGES)
def test_no_forged_message_is_accepted_and_each_is_in_the_timeline(
    make_attempts: MakeAttempts, pages: PageServer, other_site: PageServer, name: str
) -> None:
    stage = STAGES[name]
    sites = Sites(pages, other_site, seed=sum(map(ord, name)))
    opener = sites.trusted if stage.opener_is_own else OPENER_ORIGIN
    forged = run_stage(stage, sites, make_attempts(opener))

    assert (forged.outcome, forged.auth_id) == (OutcomeKind.CLOSED, None)
    assert {line.observation.details["decision"] for line in forged.lines} == {"rejected"}
    assert set(forged.reasons) <= {reason.value for reason in stage.reasons}
    assert len(forged.lines) == forged.sent
    assert forged.sent > 0.9 * MESSAGES


def test_the_stages_know_every_reason() -> None:
    assert frozenset().union(*(stage.reasons for stage in STAGES.values())) == frozenset(Rejection)


@only_full
def test_the_stages_post_ten_thousand_messages() -> None:
    assert len(STAGES) * MESSAGES * 0.9 >= 10_000
