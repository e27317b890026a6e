"""An audit's report: one document, written as JSON, as JUnit XML and as an HTML page; and several in one."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from tray_auth_desktop.core.counts import counted
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
        shards: The parts that are in it, such as `2/5`; `1/1` is all there is.
        missing: The parts that are not in it, although others of the same audit are.
    """

    program: str
    workspace: str
    started_at: str
    seconds: float
    planned: int
    results: tuple[Result, ...]
    format: int = FORMAT
    shards: tuple[str, ...] = ("1/1",)
    missing: tuple[str, ...] = ()

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
        """Whether all cases were done, of all parts."""
        return not self.gap

    @property
    def verdict(self) -> str:
        """What came of it, in a few words."""
        said = [f"{self.failed} failed"] if self.failed else []
        if len(self.results) < self.planned:
            said.append("stopped")
        if self.missing:
            said.append(f"{counted(len(self.missing), 'part')} missing")
        return ", ".join(said) or "passed"

    @property
    def gap(self) -> str:
        """What is not there, in words; empty if everything is."""
        said = []
        if len(self.results) < self.planned:
            left = self.planned - len(self.results)
            said.append(f"the audit was stopped before the other {left}")
        if self.missing:
            said.append(f"{counted(len(self.missing), 'part')} missing: {', '.join(self.missing)}")
        return "; ".join(said)


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
        (folder / "junit.xml").write_bytes(junit_xml(report))
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
    """Put the reports of several shards into one, with their pictures. It says which shards are missing.

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
    shards = tuple(shard for report in reports for shard in report.shards)
    return Report(
        program=reports[0].program,
        workspace=", ".join(dict.fromkeys(report.workspace for report in reports)),
        started_at=min(report.started_at for report in reports),
        seconds=round(sum(report.seconds for report in reports), 1),
        planned=sum(report.planned for report in reports),
        results=tuple(sorted(chain.from_iterable(one.results for one in reports), key=lambda one: one.place)),
        shards=tuple(sorted(shards, key=_numbers)),
        missing=_missing(shards),
    )


def _missing(shards: Sequence[str]) -> tuple[str, ...]:
    """Return which parts are not among some; of two audits that were dealt out alike, each is there twice."""
    there = Counter(_numbers(shard) for shard in shards)
    most: dict[int, int] = {}
    for (_number, count), times in there.items():
        most[count] = max(most.get(count, 0), times)
    return tuple(
        f"{number}/{count}"
        for count, times in sorted(most.items())
        for number in range(1, count + 1)
        for _ in range(times - there[number, count])
    )


def _numbers(shard: str) -> tuple[int, int]:
    number, _, count = shard.partition("/")
    return int(number), int(count)


def _copy_pictures(results: Iterable[Result], source: Path, folder: Path) -> None:
    for result in results:
        for name in (result.picture, result.baseline, result.difference):
            there = source / name
            if name and there.is_file() and source.resolve() != folder.resolve():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(there, folder / name)
