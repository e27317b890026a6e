"""What a fault can befall: the names by which operations go, as they stand in the record of requests."""

from __future__ import annotations

EVERY_OPERATION = "*"
#: The three pages of the dialog.
DIALOG = "dialog"

GRAPHQL = frozenset(
    {
        "users",
        "viewer",
        "viewer.authentications",
        "createExternalUser",
        "updateExternalUser",
        "removeExternalUser",
        "authorize",
        "generateAuthorizationCode",
        "createUserAuthentication",
        "removeAuthentication",
    }
)
REST = frozenset(
    {
        "listConnectors",
        "listOperations",
        "listServiceEnvironments",
        "createAuthentication",
        "getAuthentication",
        "replaceAuthentication",
        "deleteAuthentication",
    }
)
#: What the dialog's own script asks for.
ACTIONS = frozenset({"submit", "rename", "choose", "progress", "session"})
#: The third party's pages.
PROVIDER = frozenset({"login", "consent"})

OPERATIONS = GRAPHQL | REST | ACTIONS | PROVIDER | {DIALOG, EVERY_OPERATION}
