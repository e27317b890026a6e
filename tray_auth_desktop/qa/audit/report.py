"""An audit's report: one document, written as JSON, as JUnit XML and as an HTML page; and several in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.junit import junit_xml
from tray_auth_desktop.qa.audit.model import Result

FORMAT = 1
NAME = "report.json"


class Report(msgspec.Struct, frozen=True):
    """What an audit, or a part of one, found (docs/audit.md).

    Attributes:
        format: Of this document.
        program: Version of the program.
        workspace: What was audited.
        started_at: In ISO 8601; of the first part.
        seconds: How long it took; of all parts, the sum.
        planned: How many cases there were to do.
        results: Of those that were done, in the order of the plan.
    """

    program: str
    workspace: str
    started_at: str
    seconds: float
    planned: int
    results: tuple[Result, ...]
    format: int = FORMAT

    @property
    def failed(self) -> int:
        """How many cases have a problem."""
        return sum(result.status == "failed" for result in self.results)

    @property
    def retried(self) -> int:
        """How many cases took more than one try."""
        return sum(result.tries > 1 for result in self.results)

    @property
    def is_complete(self) -> bool:
        """Whether all cases were done."""
        return len(self.results) >= self.planned


def write_report(report: Report, folder: Path) -> None:
    """Write a report in its three forms; its pictures are there already.

    Raises:
        UsageError: the folder cannot be written to.
    """
    from tray_auth_desktop.qa.audit.report_page import (
        report_page,
    )  # a page's templates, for those who need it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
        (folder / "junit.xml").write_bytes(junit_xml(report.results, report.seconds))
        (folder / "report.html").write_text(report_page(report, folder), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"The report cannot be written to {folder}: {error.strerror}.",
            advice="Choose another folder with --output.",
        ) from None


def read_report(path: Path) -> Report:
    """Return the report of a folder, or of a file.

    Raises:
        UsageError: it cannot be read; says why.
    """
    file = path / NAME if path.is_dir() else path
    try:
        report = msgspec.json.decode(file.read_bytes(), type=Report)
    except OSError as error:
        raise UsageError(f"The report {file} cannot be read: {error.strerror}.") from None
    except msgspec.MsgspecError as error:
        raise UsageError(f"{file} is no report of an audit: {error}.") from None
    if report.format != FORMAT:
        raise UsageError(
            f"The report {file} is of format {report.format}, which this version does not know.",
            advice=f"Merge it with the version that wrote it, {report.program}.",
        )
    return report


def merge(sources: Sequence[Path], folder: Path) -> Report:
    """Put the reports of several shards into one, with their pictures.

    Raises:
        UsageError: one cannot be read, or a case is in two of them.
    """
    reports = [read_report(path) for path in sources]
    found: dict[str, Path] = {}
    for path, report in zip(sources, reports, strict=True):
        for result in report.results:
            if result.id in found:
                raise UsageError(f"The case {result.id} is in {found[result.id]} and in {path}.")
            found[result.id] = path
        _copy_pictures(report.results, path if path.is_dir() else path.parent, folder)
    return Report(
        program=reports[0].program,
        workspace=", ".join(dict.fromkeys(report.workspace for report in reports)),
        started_at=min(report.started_at for report in reports),
        seconds=round(sum(report.seconds for report in reports), 1),
        planned=sum(report.planned for report in reports),
        results=_in_order([report.results for report in reports]),
    )


def _in_order(parts: Sequence[Sequence[Result]]) -> tuple[Result, ...]:
    """Return what was dealt out to shards in turn, in the order it had before."""
    longest = max(map(len, parts), default=0)
    return tuple(part[place] for place in range(longest) for part in parts if place < len(part))


def _copy_pictures(results: Iterable[Result], source: Path, folder: Path) -> None:
    for result in results:
        for name in (result.picture, result.baseline, result.difference):
            there = source / name
            if name and there.is_file() and source.resolve() != folder.resolve():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(there, folder / name)
