"""What is known to be secret stays known, however much comes after it, and is found fast all the same."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, html, serve
from tray_auth_desktop.masking import Index, Known
from tray_auth_desktop.redaction import MASK, redact
from tray_auth_desktop.secrets import DialogSecrets, Secret

TOKEN = "Opaque.Master~Token_zz"
PASSWORD = "hunter2-Passw0rd-of-Ava"
LINE = f"the service refused field number 5 of 10 with {PASSWORD} and said why " * 6


@pytest.fixture
def given_to_dialog() -> Iterator[DialogSecrets]:
    """What one dialog was given, a password to begin with."""
    secrets = DialogSecrets()
    secrets.typed("password", PASSWORD)
    yield secrets
    secrets.drop()


def type_letters(secrets: DialogSecrets, field: str, text: str) -> None:
    """Type a text as a person does."""
    for length in range(1, len(text) + 1):
        secrets.typed(field, text[:length])


def test_what_the_program_holds_is_never_forgotten(given_to_dialog: DialogSecrets) -> None:
    Secret(TOKEN)
    for number in range(1_500):
        Secret(f"{number}-is-another-secret")
        given_to_dialog.typed(f"field {number}", f"{number}-is-typed")
        given_to_dialog.in_address(f"{number}-is-a-code")
    assert redact(TOKEN) == MASK
    assert redact("0-is-another-secret") == MASK


def test_a_long_text_is_one_of_its_field(given_to_dialog: DialogSecrets) -> None:
    note = "note " + "k" * 1_100
    type_letters(given_to_dialog, "note", note)
    assert redact(PASSWORD) == MASK
    for beginning in (6, 7, 500, len(note)):
        assert redact(f"it is {note[:beginning]}!") == f"it is {MASK}!"


def test_of_what_is_pasted_a_beginning_is_no_secret(given_to_dialog: DialogSecrets) -> None:
    given_to_dialog.typed("address", "https://acme.example/secret-path")
    assert redact("https://other.example/") == "https://other.example/"


def test_a_field_that_changes_for_ever_makes_no_other_forgotten(given_to_dialog: DialogSecrets) -> None:
    for number in range(3_000):
        given_to_dialog.typed("note", f"begins {number} and ends")
    assert redact(PASSWORD) == MASK
    assert redact("begins 2999 and ends") == MASK
    assert "begins" in redact("begins 0 and ends")


def test_cookies_make_nothing_typed_forgotten_nor_another_cookie(given_to_dialog: DialogSecrets) -> None:
    given_to_dialog.cookie("sid", "session-of-Ava")
    for number in range(3_000):
        given_to_dialog.cookie("renewed", f"another value {number}")
    assert redact(f"{PASSWORD} session-of-Ava") == f"{MASK} {MASK}"


def test_lines_are_known_on_their_own(given_to_dialog: DialogSecrets) -> None:
    given_to_dialog.typed("note", "user: ava\n  S3cr3t.Typed~Value  \nshort\n")
    assert redact("with S3cr3t.Typed~Value in it") == f"with {MASK} in it"
    assert redact("short") == "short"


def test_a_line_that_is_typed_is_known_from_its_beginning(given_to_dialog: DialogSecrets) -> None:
    type_letters(given_to_dialog, "note", "user: ava\nS3cr3t.Typed~Value")
    for end in ("S3cr3t", "S3cr3t.Typed", "S3cr3t.Typed~Value"):
        assert redact(f"got {end}") == f"got {MASK}"


def test_a_text_that_is_changed_at_its_end_is_known_before_and_after(given_to_dialog: DialogSecrets) -> None:
    type_letters(given_to_dialog, "key", "opensesamE")
    given_to_dialog.typed("key", "opensesam")
    given_to_dialog.typed("key", "opensesame")
    assert redact("opensesamE opensesame opensesam") == f"{MASK} {MASK} {MASK}"


def test_what_a_dialog_forgets_is_known_where_it_is_held_otherwise(given_to_dialog: DialogSecrets) -> None:
    """A code stands in the dialog's address too, and is forgotten with that dialog only there."""
    Secret(TOKEN)
    other = DialogSecrets()
    given_to_dialog.in_address(TOKEN)
    other.typed("password", PASSWORD)
    given_to_dialog.drop()
    assert redact(f"{TOKEN} {PASSWORD}") == f"{MASK} {MASK}"
    other.drop()
    assert redact(PASSWORD) == PASSWORD


def test_nothing_is_kept_for_a_dialog_that_is_gone(given_to_dialog: DialogSecrets) -> None:
    given_to_dialog.drop()
    given_to_dialog.typed("field", "opensesame")
    given_to_dialog.cookie("sid", "opensesame")
    assert redact(f"opensesame {PASSWORD}") == f"opensesame {PASSWORD}"


def test_of_values_that_overlap_nothing_is_left() -> None:
    index = Index()
    for text in ("abcdefgh", "efghijkl", "xyzxyz"):
        index.add(Known(text, len(text)))
    assert index.without("1 abcdefghijkl 2 xyzxyzxyz 3", MASK) == f"1 {MASK} 2 {MASK} 3"


_TEXTS = st.text("ab/é ", min_size=6, max_size=9)


@given(known=st.lists(_TEXTS, max_size=6), text=st.text("ab/é ", max_size=60))
def test_exactly_what_is_covered_by_a_known_text_is_masked(known: list[str], text: str) -> None:
    index = Index()
    for each in known:
        index.add(Known(each, len(each)))
    covered = [
        any(
            text.startswith(each, start)
            for each in known
            for start in range(at - len(each) + 1, at + 1)
            if start >= 0
        )
        for at in range(len(text))
    ]
    left = "".join(letter for letter, is_covered in zip(text, covered, strict=True) if not is_covered)
    assert index.without(text, MASK).replace(MASK, "") == left


@given(known=st.lists(_TEXTS, min_size=1, max_size=6))
def test_what_is_no_longer_looked_for_leaves_nothing_behind(known: list[str]) -> None:
    index = Index()
    added = [Known(each, len(each)) for each in known]
    for each in added:
        index.add(each)
    index.without("x" * 9, MASK)
    for each in added:
        index.remove(each)
    assert index._by_beginning == {}


def test_ten_thousand_typed_values_leave_redaction_fast(given_to_dialog: DialogSecrets) -> None:
    """Time of this process is measured, of which a busy machine takes none away."""
    for number in range(10_000):
        given_to_dialog.typed(f"field {number % 500}", f"field number {number} of 10,000")
        if number % 100 == 0:
            redact(LINE)
    before = time.process_time()
    for _ in range(100):
        assert PASSWORD not in redact(LINE)
    assert time.process_time() - before < 100 * 0.02


FLOODS = {
    "keystrokes": (
        "let text = 'note '; for (let i = 0; i < 1100; i++) {"
        " note.value = text += 'k'; note.dispatchEvent(new Event('input', {bubbles: true})) }"
    ),
    "other texts": (
        "for (let i = 0; i < 1100; i++) {"
        " note.value = `another text ${i}`; note.dispatchEvent(new Event('input', {bubbles: true})) }"
    ),
    "cookies": "for (let i = 0; i < 1100; i++) document.cookie = `renewed${i % 100}=another value ${i}`",
}


@pytest.mark.webengine
@pytest.mark.parametrize("flood", FLOODS)
def test_a_page_cannot_make_the_program_forget(bench: DialogBench, pages: PageServer, flood: str) -> None:
    Secret(TOKEN)
    typed = f"field.value = '{PASSWORD}'; field.dispatchEvent(new Event('input', {{bubbles: true}}));"
    say = f"console.log('it is ' + ['{PASSWORD}', '{TOKEN}'].join() + document.cookie.length)"
    page = html(
        f"{typed} {FLOODS[flood]}; setTimeout(() => {say}, 300)",
        "<input id=field><textarea id=note></textarea>",
    )
    run = bench.open(serve(pages, "/d", page))
    run.wait_until(lambda: any(text.startswith("it is ") for text in run.texts))
    said = next(text for text in run.texts if text.startswith("it is "))
    assert said.startswith(f"it is {MASK},{MASK}")
