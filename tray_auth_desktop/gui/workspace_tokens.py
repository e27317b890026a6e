"""Where the tokens of workspaces are: in the vault, in memory because there is none, or with the person."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.gui.workspace_questions import WorkspaceQuestions
from tray_auth_desktop.gui.workspace_store import Change, VaultState, WorkspaceStore
from tray_auth_desktop.secrets import Secret


class WorkspaceTokens(QObject):
    """Knows the vault, and holds what it does not take.

    Signals:
        known(): there is something else to say about the vault, or about the token asked for.
        given(str, Secret): the person gave a workspace's token.
        ready(str, str): the workspace has a token now; what the vault could not do, or nothing.
    """

    known = Signal()
    given = Signal(str, object)
    ready = Signal(str, str)

    def __init__(self, store: WorkspaceStore, questions: WorkspaceQuestions, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._questions = store, questions
        self._vault = VaultState(False, "")
        self._held: dict[str, Secret] = {}
        self._state = ("", "")
        store.vault_known.connect(self._on_vault)
        store.token_known.connect(self._on_token_known)

    def held(self, name: str) -> Secret | None:
        """Return a token that the vault does not have. May be called on any thread."""
        return self._held.get(name)

    def look_up(self, name: str) -> None:
        """Find out whether the vault has a workspace's token."""
        self._store.ask_token(name)

    def token_words(self, name: str) -> str:
        """Return where a workspace's token is, or will be."""
        if not self._vault.is_there:
            return (
                f"{self._vault.words} It is not kept: it is asked for when the program needs it, or taken "
                "from the environment variable TRAY_MASTER_TOKEN."
            ).strip()
        known, state = self._state
        if known == name and state == "kept":
            return f"One is kept in {self._vault.words}; type here to replace it."
        if known == name and state != "missing":
            return state
        return f"It will be kept in {self._vault.words}."

    @property
    def vault_words(self) -> str:
        """Where other secrets go."""
        return f"Kept in {self._vault.words}." if self._vault.is_there else self._vault.words

    def take(self, change: Change) -> None:
        """Take over what a saved workspace's token has become."""
        held = self._held.pop(change.old_name, None)
        token = change.unkept if change.token is not None else held
        if token is not None:
            self._held[change.name] = token
        if change.token is not None:
            self.given.emit(change.name, change.token)

    def forget(self, name: str) -> None:
        """Forget a workspace's token."""
        self._held.pop(name, None)

    def ask(self, name: str) -> None:
        """Ask the person for a workspace's token."""
        vault = self._vault.words if self._vault.is_there else ""
        self._questions.ask_token(name, vault, lambda token, keep: self._on_given(name, token, keep=keep))

    def _on_given(self, name: str, token: Secret, *, keep: bool) -> None:
        def done(unkept: Secret | None, problem: str) -> None:
            if unkept is not None:
                self._held[name] = unkept
            self.given.emit(name, token)
            self.ready.emit(name, problem)

        if keep:
            self._store.keep_token(name, token, done)
        else:
            done(token, "")

    def _on_vault(self, state: VaultState) -> None:
        self._vault = state
        self.known.emit()

    def _on_token_known(self, name: str, state: str) -> None:
        self._state = (name, state)
        self.known.emit()
