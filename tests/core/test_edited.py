"""What lists and outcomes say of an authentication that was there before."""

from __future__ import annotations

from dataclasses import replace

from tray_auth_desktop.core.attempt import Attempt, Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.listing import new_authentications
from tray_auth_desktop.core.models import Authentication, Service
from tray_auth_desktop.core.window_message import DialogFinished, MessageSource

_EDIT = DialogRequest("user", kind=DialogKind.EDIT, auth_id="ID")
_BEFORE = Authentication("id", "before", Service("service"), custom_fields={"a": 1})


def test_an_edit_shows_in_the_list_if_anything_of_it_changed() -> None:
    other = Authentication("other", "made by somebody else meanwhile")
    for after in (replace(_BEFORE, name="after"), replace(_BEFORE, custom_fields={"a": 2})):
        assert new_authentications([_BEFORE], [other, after], _EDIT) == (after,)


def test_an_edit_that_changed_nothing_one_can_see_is_not_claimed() -> None:
    other = Authentication("other")
    assert new_authentications([_BEFORE], [_BEFORE, other], _EDIT) == ()
    assert new_authentications([_BEFORE], [other], _EDIT) == ()
    assert new_authentications([], [_BEFORE], _EDIT) == ()


def test_of_a_solution_instance_anything_new_can_be_the_result() -> None:
    request = DialogRequest(
        "user", kind=DialogKind.SOLUTION, solution_instance_id="instance", external_auth_id="slot"
    )
    assert new_authentications([], [_BEFORE], request) == (_BEFORE,)


def _finished(auth_id: str, listed: tuple[Authentication, ...] | None) -> Outcome:
    attempt = Attempt("attempt", _EDIT)
    attempt.opened(listed)
    outcome = attempt.finished(DialogFinished(auth_id, None, MessageSource.POPUP))
    assert outcome is not None
    return outcome


def test_a_finish_with_an_id_that_was_listed_says_so_whatever_its_case() -> None:
    assert _finished("ID", (_BEFORE,)).was_known is True
    assert _finished("another", (_BEFORE,)).was_known is False
    assert _finished("ID", ()).was_known is False


def test_without_a_list_from_before_nothing_is_claimed() -> None:
    assert _finished("ID", None).was_known is None


def test_what_captured_nothing_knows_of_no_id() -> None:
    attempt = Attempt("attempt", _EDIT)
    attempt.opened((_BEFORE,))
    attempt.seems_over(Outcome.without_result(OutcomeKind.CLOSED, "Closed."))
    outcome = attempt.settle(())
    assert outcome is not None
    assert (outcome.kind, outcome.was_known) == (OutcomeKind.CLOSED, None)
    assert "does not prove that none was saved" in (outcome.message or "")


def test_an_edit_found_in_the_list_is_captured_and_known() -> None:
    attempt = Attempt("attempt", _EDIT)
    attempt.opened((_BEFORE,))
    attempt.seems_over(Outcome.without_result(OutcomeKind.CLOSED, "Closed."))
    outcome = attempt.settle((replace(_BEFORE, name="after"),))
    assert outcome is not None
    assert (outcome.auth_id, outcome.via, outcome.was_known) == ("id", Via.LISTING, True)
