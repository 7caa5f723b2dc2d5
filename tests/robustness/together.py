"""One of several people at work: `python -m tests.robustness.together NAME OPERATIONS WORKSPACE DATABASE LOG`.

Does mixed things, drawn by its name, and writes down what was acknowledged, as one JSON object a line. Everything that
is saved carries a tag of its own, so that it is found again. Begins when it reads a line on stdin.
"""

from __future__ import annotations

import json
import random
import re
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content
from outcome_tracker.core.number import parse_decimal
from outcome_tracker.core.period import parse
from outcome_tracker.tracker.collect import Entered, figure_now, record_or_clash
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.robustness.workspaces import CODES
from tests.running import NOW, Ran, run

if TYPE_CHECKING:
    from collections.abc import Callable

QUARTERS = ("2019-20 Q1", "2019-20 Q2", "2019-20 Q3")
_SAVED = re.compile(r"saved as version (\d+)")


@dataclass
class Person:
    name: str
    workspace: Workspace
    database: str
    log: Path
    chance: random.Random
    seen: dict[tuple[str, str], int] = field(default_factory=dict)  # the newest version of each figure

    def work(self, operations: int) -> None:
        """Do so many things, and write down each."""
        kinds: list[tuple[int, Callable[[str], dict[str, object]]]] = [
            (38, self.enter),
            (12, self.enter_on_a_screen),
            (10, self.clear),
            (10, self.comment),
            (8, self.report_on_a_milestone),
            (6, self.take_in),
            (10, self.look),
            (6, self.sum_up),
        ]
        weights, does = zip(*kinds, strict=True)
        with self.log.open("w", encoding="utf-8") as file:
            for number in range(operations):
                tag = f"{self.name}-{number}"
                (do,) = self.chance.choices(does, weights)
                print(json.dumps({"tag": tag, "did": do.__name__, **do(tag)}), file=file, flush=True)

    def enter(self, tag: str) -> dict[str, object]:
        code, quarter = self._which()
        return self._figure(code, quarter, f"{self.chance.randrange(1000) / 10:.1f}", "--note", tag)

    def clear(self, tag: str) -> dict[str, object]:
        code, quarter = self._which()
        return self._figure(code, quarter, "--status", "not available", "--note", tag)

    def _figure(self, code: str, quarter: str, *arguments: str) -> dict[str, object]:
        done = self._saved("figure", f"{code} {quarter}", self._run("enter", code, quarter, *arguments))
        if isinstance(version := done.get("version"), int):
            return self._forward(code, quarter, version, done, new=True)
        return done

    def enter_on_a_screen(self, tag: str) -> dict[str, object]:
        """Save over the version that is seen, and only over that."""
        code, quarter = self._which()
        period = parse(quarter)
        now = figure_now(self.workspace, code, period)
        version = now.version if now else 0
        content = Content(parse_decimal(f"{self.chance.randrange(1000) / 10:.1f}"), note=tag)
        entered = record_or_clash(self.workspace, code, period, content, expected=version)
        done = self._forward(code, quarter, version, {})
        if not isinstance(entered, Entered):
            return {**done, "refused": "a clash"}
        saved = entered.figure.version
        if saved != version + 1:
            return {**done, "wrong": f"version {saved} over {version}"}
        return {**done, "table": "figure", "keys": [f"{code} {quarter}"], "version": saved}

    def comment(self, tag: str) -> dict[str, object]:
        code, quarter = self._which()
        return self._saved("commentary", f"{code} {quarter}", self._run("comment", code, quarter, "Cause", tag))

    def report_on_a_milestone(self, tag: str) -> dict[str, object]:
        ran = self._run("milestone", "P-A.1", "delayed", "--date", "2019-07-01", "--reason", tag)
        return self._saved("milestone_report", "P-A.1", ran)

    def take_in(self, tag: str) -> dict[str, object]:
        """Import six figures at once; which versions they are is not told."""
        quarters = self.chance.sample(QUARTERS, 2)
        value = self.chance.randrange(90)
        lines = [f"{code},{quarter},{value},{tag}" for code in CODES for quarter in quarters]
        file = self.log.with_suffix(".csv")
        file.write_text("\n".join(["indicator,period,value,note", *lines]) + "\n", encoding="utf-8")
        ran = self._run("import", "figures", str(file))
        keys = [f"{code} {quarter}" for code in CODES for quarter in quarters]
        return {"table": "figure", "keys": keys} if ran.code == 0 else _refused(ran)

    def look(self, _: str) -> dict[str, object]:
        code, quarter = self._which()
        now = figure_now(self.workspace, code, parse(quarter))
        return self._forward(code, quarter, now.version if now else 0, {})

    def sum_up(self, _: str) -> dict[str, object]:
        ran = self._run("summary", "--period", self.chance.choice(QUARTERS))
        return {} if ran.code == 0 else _refused(ran)

    def _which(self) -> tuple[str, str]:
        return self.chance.choice(CODES), self.chance.choice(QUARTERS)

    def _run(self, *arguments: str) -> Ran:
        environment = {"OUTCOME_TRACKER_USER": self.name}
        return run(self.workspace.folder, "--database", self.database, *arguments, environment=environment)

    def _saved(self, table: str, key: str, ran: Ran) -> dict[str, object]:
        if ran.code:
            return _refused(ran)
        found = _SAVED.search(ran.flat)
        if not found:
            return {"wrong": f"it is not said what was saved: {ran.out}"}
        return {"table": table, "keys": [key], "version": int(found[1])}

    def _forward(
        self, code: str, quarter: str, version: int, done: dict[str, object], *, new: bool = False
    ) -> dict[str, object]:
        """Note which version is seen: never an older one than before, and what one saves is newer than all of them."""
        before = self.seen.get((code, quarter), 0)
        self.seen[code, quarter] = max(version, before)
        if version < before + new:
            return {**done, "backward": f"{code} {quarter}: {version} after {before}"}
        return done


def _refused(ran: Ran) -> dict[str, object]:
    """Tell apart what may be refused when several save at once, in a sentence, and what may not happen."""
    return {"refused" if ran.code == 3 and "Traceback" not in ran.err else "wrong": f"{ran.code}: {ran.err}"}


def main(name: str, operations: str, folder: str, database: str, log: str) -> None:
    at = datetime.fromisoformat(NOW).replace(tzinfo=UTC)
    workspace = open_workspace(Path(folder), user=name, now=lambda: at, database=database)
    person = Person(name, workspace, database, Path(log), random.Random(name))  # noqa: S311 - no secret
    person.sum_up("")
    print("ready", flush=True)  # noqa: T201 - so that all begin at once
    sys.stdin.readline()
    person.work(int(operations))


if __name__ == "__main__":
    main(*sys.argv[1:])
