"""What the stand-in refuses, before any transport gives it a status or a page.

RefusalError                a request that is understood and refused
├── PreconditionError       has the code that GraphQL shows as `extensions.code`
├── SchemaError             the data do not fit the service environment's schemas
├── FormError               a dialog form has fields to correct
├── DialogRefusedError      the dialog cannot be shown, or cannot go on
├── ServiceFailedError      the third party is said to have failed, as a scenario has it
└── OAuthRefusedError       a step of the OAuth flow does not fit the one before it
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Values of `extensions.code` (protocol notes, section 2)."""

    ACCESS_NOT_ALLOWED = "access_not_allowed"
    RESOURCE_DOES_NOT_EXIST = "resource_does_not_exist"
    USER_DOES_NOT_EXIST = "user_does_not_exist"
    USER_ALREADY_EXISTS = "user_already_exists"


class RefusalError(Exception):
    """A request that is understood and refused; the text is meant for whoever sent it."""


class PreconditionError(RefusalError):
    """Something that must hold does not: who asks, or what is asked for."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


class SchemaError(RefusalError):
    """Data sent through an API do not fit the schemas of the service environment.

    Args:
        problems: one sentence each, in the wording of a JSON schema validator.
    """

    def __init__(self, problems: list[str]) -> None:
        listed = " ".join(f"{number} - {problem}" for number, problem in enumerate(problems, start=1))
        super().__init__(f"Authentication input validation failed. Schema validation errors: [ {listed} ]")


class FormError(RefusalError):
    """A dialog form has fields to correct.

    Args:
        fields: name of the field → what to do about it.
    """

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Some fields need your attention.")
        self.fields = fields


class DialogRefusedError(RefusalError):
    """The dialog cannot be shown, or cannot go on.

    Args:
        status: HTTP status of the page that says so.
        title: what happened, in a few words.
        message: what happened and what to do, in a sentence or two.
    """

    def __init__(self, status: int, title: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.title = title


class ServiceFailedError(RefusalError):
    """The third party is said to have failed, as a scenario has it."""

    def __init__(self) -> None:
        super().__init__("The service could not create the authentication. Try again.")


class OAuthRefusedError(RefusalError):
    """A step of the OAuth flow does not fit the one before it."""
