"""Master tokens that a person types while the window runs: asked for, used, kept in the vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tray_auth_desktop.onboarding.explain import explain

if TYPE_CHECKING:
    from tray_auth_desktop.app import Account
    from tray_auth_desktop.cli.window import WindowProgram
    from tray_auth_desktop.cli.window_session import WindowSession
    from tray_auth_desktop.gui.token_question import TokenQuestion
    from tray_auth_desktop.secrets import Secret


class WindowTokens(QObject):
    """Keeps tokens in memory, by workspace, until the program ends.

    Args:
        program: The window's program.
        is_in_file: Whether the active workspace stands in the file, so that the vault can keep its token.
    """

    def __init__(self, program: WindowProgram, is_in_file: Callable[[], bool]) -> None:
        super().__init__(program)
        self._program = program
        self._is_in_file = is_in_file
        self._tokens: dict[str, Secret] = {}
        self._question: TokenQuestion | None = None

    def ask(self) -> None:
        """Ask for the master token of the active workspace, once the vault has said what it is called."""
        name = self._program.account.name
        self._program.tasks.submit(
            _vault_words,
            lambda words: self._open_question(name, words),
            lambda _error: self._open_question(name, ""),
        )

    def take(self, name: str, token: Secret) -> None:
        """Use a token that was typed; fetch everything again with it."""
        self._tokens[name] = token
        program = self._program
        if name == program.account.name:
            session = program.session
            program.tasks.submit(
                lambda: session.account.give_token(token),
                lambda _none: self._on_taken(session),
                lambda error: program.window.notices.add(explain(error)),
            )

    def give_to(self, account: Account) -> None:
        """Give an account the token that was typed for its workspace, if one was."""
        if account.name in self._tokens:
            account.give_token(self._tokens[account.name])

    def rename(self, old_name: str, name: str) -> None:
        """A workspace is called otherwise now."""
        if old_name in self._tokens:
            self._tokens[name] = self._tokens.pop(old_name)

    def _open_question(self, name: str, vault: str) -> None:
        if self._question is not None or name != self._program.account.name:
            return
        from tray_auth_desktop.gui.token_question import TokenQuestion

        question = TokenQuestion(name, vault=vault if self._is_in_file() else "", parent=self._program.window)
        question.given.connect(partial(self._on_given, name))
        question.finished.connect(self._on_closed)
        self._question = question
        question.open()

    def _on_closed(self, _result: int) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    def _on_given(self, name: str, token: Secret, is_to_be_kept: bool) -> None:
        self.take(name, token)
        if is_to_be_kept:
            from tray_auth_desktop.workspaces.vault import Vault

            self._program.tasks.submit(
                lambda: Vault().keep_token(name, token),
                lambda _none: self._program.window.say("The master token is in the vault."),
                lambda error: self._program.window.notices.add(explain(error)),
            )

    def _on_taken(self, session: WindowSession) -> None:
        session.forget_question()
        if session is self._program.session:
            self._program.window.page.load()


def _vault_words() -> str:
    """Return what the vault is called; an empty text if there is none."""
    from tray_auth_desktop.workspaces.vault import Vault

    vault = Vault()
    return vault.describe() if vault.is_there else ""
