"""Chooses an end user: from the pages that are loaded, or by a search on the server while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tray_auth_desktop.gui.choices import Choice
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.gui.search_field import LIST_ROWS
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, LoadState
from tray_auth_desktop.onboarding.user_search import UserSearchState

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import EndUser

#: How many pages are fetched by themselves for one text: when nothing matches, and when little does.
_PAGES_FOR_NOTHING, _PAGES_FOR_LITTLE = 20, 3


class UserPicker(Picker):
    """Fetches pages as one scrolls, and asks the server for what one types.

    A user that is chosen by an id that was not seen yet is fetched by it.

    Signals:
        token_asked(): the person wants to enter the master token, which is missing or was refused.
    """

    token_asked = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__("End &user", "end users", "Not loaded yet.", parent)
        self._directory = catalog.users
        self._user: EndUser | None = None
        self._choices: dict[str, tuple[EndUser, Choice]] = {}
        self._items: tuple[EndUser, ...] = ()
        self._offered: tuple[Choice, ...] = ()
        self._wanted = ""
        self._wanted_name = ""
        self._wanted_again = ""
        self._missing = ""
        self._search = UserSearchState()
        self._pages_for_text = 0
        self._more = QPushButton("Load more", self)
        self._more.setAccessibleName("Load more end users")
        self._more.hide()
        self.row.addWidget(self._more)
        self._enter_token = QPushButton("Enter the master token…", self)
        self._enter_token.clicked.connect(self.token_asked)
        self._enter_token.hide()
        self.foot.addWidget(self._enter_token)
        self.field.setPlaceholderText("Type a name or an id")
        self.retried.connect(self._on_retried)
        self.field.text_searched.connect(self._on_text_searched)
        self.field.end_seen.connect(self._fetch_next)
        self._more.clicked.connect(self._on_more)
        catalog.users_changed.connect(self._on_users)
        self._directory.named.connect(self._on_named)
        self._directory.unnamed.connect(self._on_unnamed)
        self._directory.search.changed.connect(self._on_search_changed)

    @property
    def user(self) -> EndUser | None:
        """Who is chosen."""
        return self._user

    def choose(self, key: str) -> None:
        """Choose by Tray's id; a user that was not seen yet is fetched first."""
        self.choose_named(key, "")

    def choose_named(self, user_id: str, name: str) -> None:
        """Choose by Tray's id; `name` is what to call a user that does not come."""
        self._wanted, self._missing = "", ""
        choice = self._model.find(user_id)
        if choice is not None:
            self._set_choice(choice)
        elif user_id:
            self._wanted, self._wanted_name = user_id, name
            self._directory.fetch(user_id)
            self._show_state()

    def take(self, user: EndUser) -> None:
        """Choose a user that need not have been seen before."""
        self._set_choice(self._choice_of(user))

    def clear(self) -> None:
        """Choose nobody, and wait for nobody."""
        self._wanted = ""
        super().clear()

    def _set_choice(self, choice: Choice | None) -> None:
        self._wanted, self._missing = "", ""
        if choice is None:
            self._user = None
        elif choice.key in self._choices:
            self._user = self._choices[choice.key][0]
        self._directory.search.search("")
        super()._set_choice(choice)

    def _on_users(self, state: LoadState[EndUser]) -> None:
        if not isinstance(state, Loaded):
            self._missing = ""  # whoever could not be had is asked for again with the list
            self.set_state(state)
            if isinstance(state, Loading) and self._trouble and self._wanted_again and not self.key:
                self._on_retried()
            return
        if state.items is not self._items:
            self._items, self._offered = state.items, tuple(map(self._choice_of, state.items))
        self.set_state(Loaded(self._offered, state.is_partial, state.has_more))
        if self._user is not None and self._user.user_id in self._choices:
            self._user = self._choices[self._user.user_id][0]
        self._look_for_chosen(state)
        self._fetch_if_little()

    def _choice_of(self, user: EndUser) -> Choice:
        known = self._choices.get(user.user_id)
        if known is None or (known[0] is not user and known[0] != user):
            known = self._choices[user.user_id] = (user, user_choice(user))
        return known[1]

    def _look_for_chosen(self, state: Loaded[EndUser]) -> None:
        """Who was chosen earlier need not be on the pages that are loaded."""
        is_unseen = bool(self.key) and self._model.find(self.key) is None
        if is_unseen and state.has_more and self.key not in (self._wanted, self._missing):
            self._wanted, self._wanted_name = self.key, ""
            self._directory.fetch(self.key)

    def _on_named(self, user: EndUser) -> None:
        choice = self._choice_of(user)
        if user.user_id == self._wanted:
            self._set_choice(choice)

    def _on_unnamed(self, user_id: str, why: str) -> None:
        if user_id != self._wanted:
            return
        self._missing = user_id
        self._wanted = ""
        if user_id == self.key and not why:
            self._show_state()
            return
        who = f"“{self._wanted_name}” ({user_id})" if self._wanted_name else user_id
        text = f"The end user {who} could not be fetched. {why}" if why else _gone(who)
        self.complain(text)
        if why:
            self._wanted_again = user_id

    def _on_retried(self) -> None:
        wanted, self._wanted_again = self._wanted_again, ""
        self._trouble = ""
        if wanted:
            self.choose_named(wanted, self._wanted_name)
        elif self._search.text and self._search.trouble:
            self._directory.search.retry()
        else:
            self._directory.retry()

    def _on_text_searched(self, text: str) -> None:
        self._pages_for_text = 0
        self._directory.search.search(text)
        self._fetch_if_little()

    def _on_search_changed(self, search: UserSearchState) -> None:
        self._search = search
        if search.text:
            place = self.field.list_place()
            self._model.set_also(search.found)
            self.field.renew_list(place)
        self._show_state()
        self._fetch_if_little()

    def _fetch_next(self) -> None:
        if self._search.text and self._search.has_more:
            self._directory.search.more()
        else:
            self._directory.load_more()

    def _fetch_if_little(self) -> None:
        """Fetch further pages while the list in view is short: it cannot be scrolled to its end."""
        rows = self._model.match_count
        is_asked = self.field.is_list_open or bool(self.field.searched_text)
        limit = _PAGES_FOR_LITTLE if rows else _PAGES_FOR_NOTHING
        is_due = is_asked and not self._search.is_running and rows < LIST_ROWS
        can_be = self._directory.has_more and not self._directory.is_loading
        if is_due and can_be and self._pages_for_text < limit:
            self._pages_for_text += 1
            self._directory.load_more()

    def _on_more(self) -> None:
        self._pages_for_text = 0
        self.field.setFocus()
        self._fetch_next()
        self._fetch_if_little()

    def _on_left(self, text: str) -> None:
        """An id that was typed in full counts as chosen, as a name does."""
        typed = text.strip()
        known = (user for user, _ in self._choices.values() if typed in (user.user_id, user.external_user_id))
        user = next(known, None) if typed else None
        if user is not None and self._model.find(user.user_id) is not None:
            self.take(user)
        else:
            super()._on_left(text)

    def _show_state(self) -> None:
        super()._show_state()
        if hasattr(self, "_enter_token"):
            self._more.setVisible(self._can_load_more())
            is_refused = isinstance(self._state, LoadFailed) and self._state.is_token_refused
            self._enter_token.setVisible(is_refused)

    def _can_load_more(self) -> bool:
        is_short = self._model.match_count < LIST_ROWS and bool(self.field.searched_text)
        is_idle = not self._search.is_running and not self._directory.is_loading
        return isinstance(self._state, Loaded) and is_short and is_idle and self._state.has_more

    def _show_search(self, state: Loaded[Choice]) -> None:
        rows = self._model.match_count
        shown = f"{rows} of {len(state.items)} loaded shown"
        if self._search.is_running:
            self._line.say(f"{shown}; searching on the server…")
        elif self._search.trouble:
            self._line.fail(f"The server could not be searched. {self._search.trouble}")
        elif not rows and not state.has_more:
            super()._show_search(state)
        elif not rows:
            nobody = f"Nobody matches “{self.field.searched_text}”: not the server's search"
            loading = ", nor the end users loaded so far" if not state.is_partial else "; loading more…"
            self._line.say(f"{nobody}{loading} ({len(state.items)}).")
        elif state.has_more or self._search.has_more:
            self._line.say(f"{shown}; keep typing, or scroll for more")
        else:
            self._line.say(shown)

    def _show_choice(self, state: Loaded[Choice], choice: Choice) -> None:
        if choice.key == self._wanted or (state.has_more and choice.key != self._missing):
            self._line.say(choice.detail)
        else:
            super()._show_choice(Loaded(state.items), choice)

    def _offer(self, state: Loaded[Choice]) -> str:
        if self._wanted:
            return f"Fetching {self._wanted_name or 'the end user chosen last'}…"
        if state.has_more:
            return f"The first {len(state.items)} to choose from; scroll or type for others"
        return super()._offer(state)


def user_choice(user: EndUser) -> Choice:
    """Return what the list shows of a user: its name, the host application's id, whether it is for tests."""
    tested = "test user" if user.is_test_user else ""
    detail = " · ".join(filter(None, (user.external_user_id, tested)))
    return Choice(user.user_id, user.name or user.user_id, detail)


def _gone(who: str) -> str:
    return f"The end user {who} does not exist any more in this workspace. Choose another."
