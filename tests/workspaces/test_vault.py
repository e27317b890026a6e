"""The vault: kept, moved and forgotten; and each way in which there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from tests.workspaces import memory_vault
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.vault import Vault, VaultError

_ROOT = Path(__file__).resolve().parents[2]
_TOKEN = Secret("5ec7e7" * 7)
Use = Callable[[KeyringBackend], Vault]


@pytest.fixture
def use() -> Iterator[Use]:
    """Make a backend the one that is found."""
    before = keyring.get_keyring()

    def use_backend(backend: KeyringBackend) -> Vault:
        keyring.set_keyring(backend)
        return Vault(limit_s=0.3 if isinstance(backend, memory_vault.SilentVault) else 10)

    yield use_backend
    keyring.set_keyring(before)


def test_what_is_kept_is_given_back_to_its_workspace_only(use: Use) -> None:
    vault = use(memory_vault.MemoryVault())
    assert vault.is_there
    assert vault.token("acme") is None
    vault.keep_token("acme", _TOKEN)
    vault.keep_proxy_password("acme", Secret("pw"))
    assert Vault().token("acme") == _TOKEN
    assert vault.proxy_password("acme") == Secret("pw")
    assert vault.token("Acme") is None
    assert vault.token("beta") is vault.proxy_password("beta") is None


def test_forgetting_takes_everything_of_one_workspace(use: Use) -> None:
    backend = memory_vault.MemoryVault()
    vault = use(backend)
    vault.keep_token("beta", _TOKEN)
    for name in ("acme", "acme"):
        vault.keep_token(name, _TOKEN)
        vault.keep_proxy_password(name, Secret("pw"))
        vault.forget(name)
        vault.forget(name)
    assert len(backend.kept) == 1
    assert vault.token("beta") == _TOKEN
    vault.forget_token("beta")
    assert not backend.kept


@pytest.mark.parametrize("kind", [memory_vault.MemoryVault, memory_vault.CapitalsVault])
@pytest.mark.parametrize("new_name", ["beta", "ACME", "acme"])
def test_secrets_move_to_the_new_name(use: Use, kind: type[memory_vault.MemoryVault], new_name: str) -> None:
    backend = kind()
    vault = use(backend)
    vault.keep_token("acme", _TOKEN)
    vault.keep_proxy_password("acme", Secret("pw"))
    vault.rename("acme", new_name)
    assert vault.token(new_name) == _TOKEN
    assert vault.proxy_password(new_name) == Secret("pw")
    assert len(backend.kept) == 2


@pytest.mark.parametrize(
    "backend",
    [
        fail.Keyring(),  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        null.Keyring(),  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        memory_vault.PlaintextVault(),
        memory_vault.WeakVault(),
        memory_vault.AbsentVault(),
    ],
    ids=lambda backend: type(backend).__name__ + type(backend).__module__[-4:],
)
def test_what_is_no_vault_counts_as_none(use: Use, backend: KeyringBackend) -> None:
    vault = use(backend)
    assert not vault.is_there
    assert "no vault" in vault.describe()
    assert vault.token("acme") is None
    vault.forget("acme")
    with pytest.raises(VaultError) as raised:
        vault.keep_token("acme", _TOKEN)
    assert "TRAY_MASTER_TOKEN" in raised.value.advice
    assert not getattr(backend, "kept", None)


def test_of_several_the_first_that_is_one_is_used(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = memory_vault.MemoryVault(), memory_vault.PlaintextVault()
    monkeypatch.setattr(ChainerBackend, "backends", [bad, good])
    vault = use(ChainerBackend())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    vault.keep_token("acme", _TOKEN)
    assert good.kept
    assert not bad.kept
    monkeypatch.setattr(ChainerBackend, "backends", [bad])
    assert not vault.is_there


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        (memory_vault.LockedVault(), "locked"),
        (memory_vault.RefusingVault(), "refused to keep"),
        (memory_vault.BrokenVault(), "cannot be used"),
        (memory_vault.ForgetfulVault(), "does not give it back"),
        (memory_vault.SilentVault(), "did not answer within 0.3 s"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_vault_that_does_not_work_is_explained_without_the_secret(
    use: Use, backend: KeyringBackend, said: str
) -> None:
    vault = use(backend)
    assert vault.is_there
    with pytest.raises(VaultError) as raised:
        vault.keep_token("acme", _TOKEN)
    assert said in str(raised.value)
    assert "TRAY_MASTER_TOKEN" in raised.value.explanation
    error: BaseException | None = raised.value
    while error is not None:
        assert _TOKEN.reveal() not in repr(error)
        error = error.__cause__


def test_reading_says_when_the_vault_is_locked(use: Use) -> None:
    with pytest.raises(VaultError, match="locked"):
        use(memory_vault.LockedVault()).token("acme")


@pytest.mark.parametrize(
    ("backend", "described"),
    [
        ("tests.workspaces.memory_vault.MemoryVault", "True tests.workspaces.memory_vault.MemoryVault"),
        ("keyring.backends.null.Keyring", "False There is no vault"),
        ("keyring.backends.fail.Keyring", "False There is no vault"),
        ("no.such.backend", "False The vault cannot be used (ModuleNotFoundError)."),
    ],
)
def test_the_backend_is_the_one_that_the_environment_names(backend: str, described: str) -> None:
    script = (
        "from tray_auth_desktop.workspaces.vault import Vault\n"
        "import sys; assert 'keyring' not in sys.modules\n"
        "print(Vault().is_there, Vault().describe())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=_ROOT,
        env=os.environ | {"PYTHON_KEYRING_BACKEND": backend},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.startswith(described)
