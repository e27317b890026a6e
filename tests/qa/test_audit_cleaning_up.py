"""What is deleted after a dialog, and what is left and named: by the lists before and after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.qa.audit.cleaning_up import CleanUp
from tray_auth_desktop.qa.audit.pace import AttemptCalls, PacedClient

REQUEST = DialogRequest("u", "s", "e")
SERVICE, ENVIRONMENT = Service("s"), ServiceEnvironment("e")


def of_dialog(auth_id: str) -> Authentication:
    return Authentication(auth_id, service=SERVICE, service_environment=ENVIRONMENT)


@dataclass
class Tray:
    """Has a list, deletes from it unless it refuses, and says what was deleted."""

    listed: tuple[Authentication, ...] | None
    refuses: bool = False
    loses: bool = False
    deleted: list[str] = field(default_factory=list)

    def authentications_of(self, _user_id: str) -> tuple[Authentication, ...]:
        if self.listed is None:
            raise TrayAuthError("There is no list.")
        return self.listed

    def delete_authentication(self, _user_id: str, auth_id: str) -> None:
        if self.loses or not self.refuses:
            self.listed = tuple(one for one in self.listed or () if one.auth_id != auth_id)
        if self.refuses:
            raise TrayAuthError("It is refused.")
        self.deleted.append(auth_id)


def cleaned(
    tray: Tray, before: tuple[Authentication, ...] | None, outcome: Outcome | None = None, **options: Any
) -> CleanUp:
    client = cast(PacedClient, tray)
    clean_up = CleanUp(REQUEST, client, **options)
    clean_up.run(before, outcome, AttemptCalls(client))
    return clean_up


def announced(auth_id: str, *, was_known: bool | None = False) -> Outcome:
    made = Outcome.captured(auth_id, Via.OPENER)
    return Outcome(made.kind, auth_id, via=made.via, confirmed=True, was_known=was_known)


def test_what_is_new_goes_and_what_was_there_stays() -> None:
    old, new = of_dialog("old"), of_dialog("new")
    tray = Tray((old, new))
    clean_up = cleaned(tray, (old,))
    assert (tray.deleted, clean_up.left, clean_up.findings) == (["new"], [], [])


def test_all_that_a_dialog_made_goes_beside_what_it_announced() -> None:
    tray = Tray((of_dialog("one"), of_dialog("two")))
    clean_up = cleaned(tray, (), announced("one"))
    assert (tray.deleted, clean_up.left) == (["one", "two"], [])


def test_what_was_announced_and_is_not_listed_yet_goes_too() -> None:
    tray = Tray(())
    assert cleaned(tray, (), announced("late")).left == []
    assert tray.deleted == ["late"]


def test_what_was_chosen_of_those_that_were_there_stays() -> None:
    old = of_dialog("old")
    tray = Tray((old,))
    clean_up = cleaned(tray, (old,), announced("old", was_known=True))
    assert (tray.deleted, clean_up.left, clean_up.findings) == ([], [], [])


def test_what_is_of_another_service_is_nobodys_here() -> None:
    other = Authentication("x", service=Service("other"), service_environment=ENVIRONMENT)
    tray = Tray((other,))
    clean_up = cleaned(tray, ())
    assert (tray.deleted, clean_up.left) == ([], [])


def test_what_the_list_says_nothing_of_is_left_and_named() -> None:
    tray = Tray((Authentication("x"),))
    clean_up = cleaned(tray, ())
    assert (tray.deleted, clean_up.left) == ([], ["x"])
    assert (
        clean_up.findings[0].text
        == "x was left: the list does not say its service: it may be another dialog's"
    )


def test_what_cannot_be_deleted_is_named_with_why_as_long_as_it_is_there() -> None:
    clean_up = cleaned(Tray((of_dialog("x"),), refuses=True), ())
    assert clean_up.left == ["x"]
    assert clean_up.findings[0].text == "x was left: it could not be deleted: It is refused."
    gone = cleaned(Tray((of_dialog("x"),), refuses=True, loses=True), ())
    assert (gone.left, gone.findings) == ([], [])


def test_only_what_is_there_is_said_to_be_kept() -> None:
    assert cleaned(Tray((of_dialog("x"),)), (), keeps=True).left == ["x"]
    assert cleaned(Tray(()), (), announced("x"), keeps=True).left == []


def test_without_a_list_to_compare_with_that_is_said() -> None:
    clean_up = cleaned(Tray((of_dialog("x"),)), None)
    assert (clean_up.left, [(one.rule, one.severity) for one in clean_up.findings]) == (
        [],
        [("not-compared", "note")],
    )
    clean_up = cleaned(Tray(None), ())
    assert [one.rule for one in clean_up.findings] == ["not-compared"]
    known = cleaned(Tray((of_dialog("x"),)), None, announced("x", was_known=None))
    assert known.left == ["x"]
    assert "it may have been there already" in known.findings[0].text
