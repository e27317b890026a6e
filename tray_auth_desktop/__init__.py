"""Desktop helper for Tray Embedded's auth-only dialog.

Importing the package costs nothing: Qt, the web engine and the HTTP client are
imported by the modules that use them, when they are used. The names below are
what other programs may rely on (docs/embedding.md); each is loaded when it is
first asked for.
"""

from importlib import import_module

TYPE_CHECKING = False  # type checkers know the name; importing it from typing would cost 8 ms
if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient as TrayClient
    from tray_auth_desktop.core.attempt import Outcome as Outcome
    from tray_auth_desktop.core.attempt import OutcomeKind as OutcomeKind
    from tray_auth_desktop.core.attempt import Via as Via
    from tray_auth_desktop.core.dialog_url import DialogKind as DialogKind
    from tray_auth_desktop.core.dialog_url import DialogRequest as DialogRequest
    from tray_auth_desktop.core.models import Authentication as Authentication
    from tray_auth_desktop.core.workspace import Hosts as Hosts
    from tray_auth_desktop.core.workspace import Region as Region
    from tray_auth_desktop.core.workspace import Workspace as Workspace
    from tray_auth_desktop.embedding.auth_dialog import AuthDialog as AuthDialog
    from tray_auth_desktop.errors import ApiError as ApiError
    from tray_auth_desktop.errors import ApiTimeoutError as ApiTimeoutError
    from tray_auth_desktop.errors import EngineError as EngineError
    from tray_auth_desktop.errors import ExitCode as ExitCode
    from tray_auth_desktop.errors import ForbiddenError as ForbiddenError
    from tray_auth_desktop.errors import GraphQLError as GraphQLError
    from tray_auth_desktop.errors import HttpStatusError as HttpStatusError
    from tray_auth_desktop.errors import JournalError as JournalError
    from tray_auth_desktop.errors import MissingTokenError as MissingTokenError
    from tray_auth_desktop.errors import NetworkError as NetworkError
    from tray_auth_desktop.errors import RateLimitedError as RateLimitedError
    from tray_auth_desktop.errors import TrayAuthError as TrayAuthError
    from tray_auth_desktop.errors import UnauthorizedError as UnauthorizedError
    from tray_auth_desktop.errors import UnreadableReplyError as UnreadableReplyError
    from tray_auth_desktop.errors import UsageError as UsageError
    from tray_auth_desktop.secrets import Secret as Secret

__version__ = "0.1.0"

#: Where each public name is, by the module's name inside the package; all others are in `errors`.
_HOMES = {
    "embedding.auth_dialog": ("AuthDialog",),
    "core.dialog_url": ("DialogRequest", "DialogKind"),
    "core.attempt": ("Outcome", "OutcomeKind", "Via"),
    "core.workspace": ("Workspace", "Hosts", "Region"),
    "core.models": ("Authentication",),
    "api": ("TrayClient",),
    "secrets": ("Secret",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AuthDialog",
    "DialogRequest",
    "DialogKind",
    "Outcome",
    "OutcomeKind",
    "Via",
    "Workspace",
    "Hosts",
    "Region",
    "Authentication",
    "TrayClient",
    "Secret",
    "ExitCode",
    "TrayAuthError",
    "UsageError",
    "MissingTokenError",
    "ApiError",
    "UnauthorizedError",
    "ForbiddenError",
    "RateLimitedError",
    "GraphQLError",
    "HttpStatusError",
    "UnreadableReplyError",
    "NetworkError",
    "ApiTimeoutError",
    "EngineError",
    "JournalError",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOME_OF.get(name, "errors")
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names, loaded or not, beside the rest."""
    return sorted({*globals(), *__all__})
