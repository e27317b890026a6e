"""The flags of `audit`, and what is asked for by them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.audit import AuditWish
    from tray_auth_desktop.qa.audit.plan import Plan

Command = TypeVar("Command", bound=Callable[..., Any])
_FOLDER = click.Path(file_okay=False, path_type=Path)
#: What flags say of how dialogs are shown, in the place of what stands at the top of a plan.
_SHOWN = (
    "embeddings",
    "sizes",
    "color_schemes",
    "language",
    "time_zone",
    "user_agent",
    "reduced_motion",
)
_FLAGS = (
    click.option("--service", multiple=True, help="Name, title or id; all services without. Repeatable."),
    click.option("--environment", help="Title or id of the one environment; all without."),
    click.option(
        "--plan",
        "plan_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="File that says what to audit (TOML, docs/audit.md).",
    ),
    click.option("--user", help="Id, external id or name of the end user. [default: the first test user]"),
    click.option("--any-user", is_flag=True, help="Allow end users who are no test users."),
    click.option(
        "--embedding", "embeddings", multiple=True, help="popup or iframe; both without. Repeatable."
    ),
    click.option("--size", "sizes", multiple=True, help="Such as 375x667. Repeatable."),
    click.option(
        "--scheme", "color_schemes", multiple=True, help="Colours: light, dark or auto. Repeatable."
    ),
    click.option("--language", help="Language that the page is asked for in, such as de-DE."),
    click.option("--time-zone", help="Time zone that the page sees, such as Asia/Tokyo."),
    click.option("--user-agent", help="What the browser calls itself."),
    click.option("--reduced-motion", is_flag=True, help="Ask the page to move little."),
    click.option(
        "--output", default="audit-report", show_default=True, type=_FOLDER, help="Folder of the report."
    ),
    click.option("--resume", "resumes", is_flag=True, help="Go on: what the folder has results of is done."),
    click.option(
        "--processes",
        default="auto",
        show_default=True,
        help="How many audit at the same time; auto: two per processor.",
    ),
    click.option(
        "--shard", default="1/1", help="Which part to do here, such as 2/5; `audit merge` joins them."
    ),
    click.option(
        "--retries",
        default=0,
        show_default=True,
        type=click.IntRange(0, 9),
        help="More tries for what fails.",
    ),
    click.option("--keep", "keeps", is_flag=True, help="Do not delete the authentications that are made."),
    click.option("--pictures/--no-pictures", default=True, show_default=True, help="Take a picture of each."),
    click.option("--baseline", type=_FOLDER, help="Folder of earlier pictures to compare with."),
    click.option(
        "--update-baseline",
        "updates_baseline",
        is_flag=True,
        help="Make this audit's pictures the earlier ones.",
    ),
    click.option(
        "--tolerance",
        default=0.1,
        show_default=True,
        type=click.FloatRange(0, 100),
        help="Per cent of a picture's pixels that may differ.",
    ),
    click.option(
        "--timeout",
        "attempt_s",
        default=60.0,
        show_default=True,
        type=click.FloatRange(1, 3_600),
        help="Seconds a dialog may take to be usable, and to reach its end.",
    ),
)


def audit_options(command: Command) -> Command:
    """Add the flags."""
    for option in reversed(_FLAGS):
        command = option(command)
    return command


def wish_of(values: dict[str, Any]) -> AuditWish:
    """Take the flags out of what was given.

    Raises:
        UsageError: they, or the plan, cannot be used.
    """
    from tray_auth_desktop.qa.audit.audit import AuditWish
    from tray_auth_desktop.qa.audit.running import parse_shard

    taken = ("keeps", "pictures", "baseline", "updates_baseline", "retries", "resumes", "attempt_s")
    pictures, baseline = values["pictures"], values["baseline"]
    if (values["updates_baseline"] and not baseline) or (baseline and not pictures):
        raise UsageError("--update-baseline needs --baseline, and --baseline needs pictures.")
    if baseline and not values["updates_baseline"] and not baseline.is_dir():
        raise UsageError(
            f"The folder of --baseline, {baseline}, does not exist.",
            advice="Name the right one, or make it with --update-baseline.",
        )
    plan_file = values.pop("plan_file")
    return AuditWish(
        plan=_plan(values, plan_file),
        plan_name=f"The plan {plan_file}" if plan_file else "",
        user=values.pop("user") or "",
        folder=values.pop("output"),
        processes=_processes(values.pop("processes")),
        shard=parse_shard(values.pop("shard")),
        may_use_anybody=values.pop("any_user"),
        tolerance=values.pop("tolerance") / 100,
        **{name: values.pop(name) for name in taken},
    )


def _plan(values: dict[str, Any], file: Path | None) -> Plan:
    from tray_auth_desktop.qa.audit.plan import Plan, PlannedDialog, changed, read_plan

    services, environment = values.pop("service"), values.pop("environment") or ""
    if file and (services or environment):
        raise UsageError("The plan says which services are audited: leave --service and --environment out.")
    if environment and len(services) != 1:
        raise UsageError("--environment goes with the --service that it is of.")
    plan = read_plan(file) if file else Plan()
    shown = {name: values.pop(name) for name in _SHOWN}
    changes: dict[str, Any] = {name: value for name, value in shown.items() if value}
    if values.get("opener_origin"):  # a setting of every command, which counts more than the plan here
        changes["opener_origin"] = values["opener_origin"]
    if services:
        changes["dialogs"] = tuple(PlannedDialog(service, environment) for service in services)
    return changed(plan, "The flags", **changes)


def _processes(text: str) -> int:
    if text == "auto":
        return 0
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise UsageError(f"--processes is {text!r}; it can be a number up to 64, or auto.")
