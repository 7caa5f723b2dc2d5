"""Import files: figures and the like, the figures of all areas, the lists of statistical neighbours."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outcome_tracker.cli.asking import answered, meanings
from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import err, out, problems
from outcome_tracker.core.period import parse_date
from outcome_tracker.core.text import clean, listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from outcome_tracker.core.figure import Status
    from outcome_tracker.core.problem import Problem
    from outcome_tracker.tracker.import_batch import Imported
    from outcome_tracker.tracker.workspace import Workspace

_KINDS = (
    *("figures", "benchmarks", "areas", "neighbours", "milestones", "commentary", "published", "breakdowns"),
    "return",  # which has a command of its own
)
_TABLES = tuple(kind for kind in _KINDS if kind not in {"areas", "neighbours", "return"})
_FOR = {  # which kinds an option is for
    "release": ("areas", "neighbours"),
    "released": ("areas",),
    "source": ("areas", "neighbours"),
    "sheet": _TABLES,
    "missing": ("figures", "breakdowns"),
}
_SHOWN = 100  # problems of a table; the others are counted


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return parse_date(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


_FLAGS = {"--dry-run", "--help", "-h"}  # options without a value


class _Import(Command):
    """Hands returns over to a command of their own, since many are taken in at once."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own, handed on
    ) -> click.Context:
        """Look for the kind behind the options that every command takes."""
        at = 0
        while at < len(args) and args[at].startswith("-"):
            at += 1 if "=" in args[at] or args[at] in _FLAGS else 2
        if at < len(args) and args[at] == "return":
            from outcome_tracker.cli.returning import import_return

            return import_return.make_context(f"{info_name} return", [*args[:at], *args[at + 1 :]], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command("import", cls=_Import)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--encoding", type=click.Choice(["utf-8", "cp1252"]), default="utf-8", help="cp1252 for files of older Excels."
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, where several have the columns.")
@click.option(
    "--missing",
    metavar="MARKER=STATUS",
    multiple=True,
    callback=meanings,
    help="Of figures and breakdowns: what a marker means, as in x=suppressed; may be repeated.",
)
@click.option("--release", metavar="NAME", help="Of areas and neighbours: the release, if not as the file's name says.")
@click.option("--released", metavar="DATE", callback=_day, help="Of areas: the day the release came out.")
@click.option("--source", metavar="TEXT", help="Of areas and neighbours: where the file is from.")
@click.pass_obj
def import_(  # noqa: PLR0913 - one parameter an option
    settings: Settings,
    kind: str,
    file: Path,
    encoding: str,
    release: str | None,
    released: date | None,
    source: str | None,
    *,
    sheet: str | None,
    missing: dict[str, Status],
    dry_run: bool,
) -> int:
    """Import a CSV file or an Excel workbook, all of it or nothing; the same file twice changes nothing.

    AREAS are the figures of all areas as open data publishes them; the plan files say which columns are whose.
    NEIGHBOURS are the lists of statistical neighbours. Both are CSV only. Returns that owners have filled in:
    `import return --help`.
    """
    given = {"release": release, "released": released, "source": source, "sheet": sheet, "missing": missing or None}
    for name, value in given.items():
        if value is not None and kind not in _FOR[name]:
            says_it = name in {"release", "released", "source"} and kind in _TABLES
            instead = f"{kind} say it in a column of the file" if says_it else "leave it out"
            raise click.UsageError(f"--{name} is for {listed(list(_FOR[name]))}; {instead}.")
    workspace = settings.workspace()
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    release, source = clean(release or ""), clean(source or "")
    if kind == "areas":
        return _areas(workspace, file, (release, released, source, codec), dry_run=dry_run)
    if kind == "neighbours":
        from outcome_tracker.tracker.neighbour_imports import import_neighbours

        imported = import_neighbours(workspace, file, release, source, dry_run=dry_run, encoding=codec)
    else:
        imported = _table(workspace, kind, file, missing, dry_run=dry_run, encoding=codec, sheet=sheet or "")
    for note in imported.notes:
        err(f"note: {note}")
    if imported.problems:
        return _refused(file, imported.problems[:_SHOWN], len(imported.problems))
    problems(imported.warnings)
    _told(imported.lines if dry_run else (), (imported.added, imported.changed, imported.unchanged), dry_run=dry_run)
    return 0


def _table(
    workspace: Workspace, kind: str, file: Path, told: dict[str, Status], *, dry_run: bool, encoding: str, sheet: str
) -> Imported:
    """Import a table; at a terminal ask what the markers in it mean, where nothing else is wrong with it."""
    from outcome_tracker.tracker.imports import import_file

    def imported(told: dict[str, Status]) -> Imported:
        return import_file(workspace, kind, file, told=told, dry_run=dry_run, encoding=encoding, sheet=sheet)

    return answered(imported, told)


def _areas(workspace: Workspace, file: Path, given: tuple[str, date | None, str, str], *, dry_run: bool) -> int:
    from outcome_tracker.tracker.area_imports import Given, import_areas

    with _bar(file) as progress:
        imported = import_areas(workspace, file, Given(*given), dry_run=dry_run, progress=progress)
    if imported.problem_count:
        return _refused(file, imported.problems, imported.problem_count)
    for note in imported.notes:
        err(f"note: {note}")
    _told(imported.lines, (imported.added, imported.changed, imported.unchanged), dry_run=dry_run)
    return 0


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[int], None] | None]:
    """Draw a progress bar on stderr as bytes are read, at a terminal only."""
    if not sys.stderr.isatty() or not file.is_file():
        yield None
        return
    with click.progressbar(length=file.stat().st_size, label="Reading", file=sys.stderr) as bar:
        yield bar.update


def _refused(file: Path, found: Sequence[Problem], count: int) -> int:
    problems(found)
    if count > len(found):
        err(f"… and {plural(count - len(found), 'problem')} more.")
    err(f"Nothing was imported: {plural(count, 'problem')} in {file}.")
    return 1


def _told(lines: Sequence[str], counts: tuple[int, int, int], *, dry_run: bool) -> None:
    out(lines)
    would = "Nothing was imported. Would add {:,}, change {:,}; {:,} unchanged."
    did = "Added {:,}, changed {:,}; {:,} unchanged."
    out([(would if dry_run else did).format(*counts)])
