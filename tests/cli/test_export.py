"""Exports: what goes out comes back in unchanged."""

import csv
import io
from pathlib import Path

import pytest

from outcome_tracker.exchange import csv_in
from tests.running import rows, run


@pytest.mark.parametrize(
    ("kind", "columns", "count"),
    [
        ("figures", csv_in.FIGURES, 243),
        ("benchmarks", csv_in.BENCHMARKS, 20),
        ("milestones", csv_in.MILESTONES, 20),
        ("commentary", csv_in.COMMENTARY, 44),
    ],
)
def test_what_is_exported_and_imported_again_changes_nothing(
    demo: Path, kind: str, columns: csv_in.Columns, count: int
) -> None:
    ran = run(demo, "export", kind)
    assert (ran.code, ran.err) == (0, "")
    assert next(csv.reader(io.StringIO(ran.out))) == list(columns.every)
    file = demo / "again.csv"
    file.write_bytes(ran.raw)
    again = run(demo, "import", kind, str(file))
    assert (again.out, again.err) == (f"Added 0, changed 0; {count} unchanged.\n", "")


# Every kind of export that an import reads.
BACKUPS = ("figures", "benchmarks", "areas", "neighbours", "breakdowns", "milestones", "commentary", "published")


def test_a_backup_goes_into_an_empty_workspace_and_comes_out_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    run(demo, "milestone", "SAFE-A1.1", "delayed", "--reason", "=cmd|' /C calc'!A0", "--date", "2019-12-01")
    run(demo, "milestone", "SAFE-A1.1", "on track", "--date", "2019-03-31")
    run(demo, "comment", "SAFE-01", "2018-19 Q4", "Cause", '- first, "so"\n\n@second: 3,5 €\n=third')
    run(demo, "enter", "SAFE-05", "2018-19 Q4", "", "--status", "not available", "--note", "-")
    (tmp_path / "targets").mkdir()
    for file in (demo / "targets").glob("*.yaml"):
        (tmp_path / "targets" / file.name).write_bytes(file.read_bytes())
    assert run(tmp_path, "targets", "apply").code == 0
    for kind in BACKUPS:
        backup = run(demo, "export", kind).raw
        assert backup.count(b"\n") > 1
        (tmp_path / f"{kind}.csv").write_bytes(backup)
        assert run(tmp_path, "import", kind, str(tmp_path / f"{kind}.csv")).code == 0
        assert run(tmp_path, "export", kind).raw == backup


def test_a_backup_brings_back_what_was_known_on_each_day(demo: Path, tmp_path: Path) -> None:
    run(demo, "milestone", "SAFE-A1.1", "delivered", "--date", "2019-06-30")
    other = ("--database", str(tmp_path / "other.db"))
    run(demo, "targets", "apply", *other)
    (demo / "out.csv").write_bytes(run(demo, "export", "milestones").raw)
    run(demo, "import", "milestones", str(demo / "out.csv"), *other)
    for day in ("2019-06-30", "2020-01-14", "2020-01-15"):
        seen = ("milestones", "--plan", "SAFE", "--as-at", day)
        assert run(demo, *seen, *other).out == run(demo, *seen).out


def test_a_milestone_that_went_back_to_what_it_was_keeps_all_three_reports(demo: Path) -> None:
    rows_of = "milestone,status,date,new_due,reason,source,known\n" + "".join(
        f"EARLY-A2.1,{status},2018-12-31,,,,2019-01-0{day}\n"
        for day, status in enumerate(("on track", "delayed", "on track"), 1)
    )
    (demo / "three.csv").write_text(rows_of, encoding="utf-8")
    assert run(demo, "import", "milestones", str(demo / "three.csv")).out == "Added 0, changed 3; 0 unchanged.\n"
    assert run(demo, "import", "milestones", str(demo / "three.csv")).out == "Added 0, changed 0; 3 unchanged.\n"


@pytest.mark.parametrize(
    "note",
    [
        "=SUM(A1)",
        "\t=SUM(A1)",
        "\r=SUM(A1)",
        "\uff1d1+1",
        "'=1",
        "''=1",
        "+44 1244",
        "-",
        "- a dash",
        "@home",
        "'quoted'",
        "-3",
        'a, "b"',
    ],
)
def test_texts_that_a_spreadsheet_would_run_come_back_as_they_were(small: Path, note: str) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "88", "--note", note)
    out = run(small, "export", "figures").raw
    [row] = csv.DictReader(io.StringIO(out.decode()))
    assert not row["note"].startswith(("=", "@")), "a spreadsheet would run it"
    (small / "again.csv").write_bytes(out)
    assert run(small, "import", "figures", str(small / "again.csv")).out == "Added 0, changed 0; 1 unchanged.\n"
    assert rows(small, "SELECT note FROM figure") == [(note.strip(),)]


def test_a_file_is_written_whole_and_only_replaced_when_told(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "88")
    file = small / "figures.csv"
    assert (run(small, "export", "figures", "-o", str(file)).err) == f"Written to {file}.\n"
    assert file.read_bytes() == run(small, "export", "figures").raw
    run(small, "enter", "PC", "2019-20 Q1", "89")
    refused = run(small, "export", "figures", "-o", str(file))
    assert (refused.code, refused.out) == (3, "")
    assert refused.err == f"{file} is there already. Name another file, or add --force to replace it.\n"
    assert b",88," in file.read_bytes()
    assert run(small, "export", "figures", "-o", str(file), "--force").code == 0
    assert b",89," in file.read_bytes()
    assert run(small, "export", "figures", "--force").err.startswith("--force is for --output; name the file.\n")


def test_a_published_export_hides_small_numbers_and_no_import_takes_it(demo: Path) -> None:
    run(demo, "enter", "EARLY-08", "2019-20 Q1", "4")
    run(demo, "enter", "EARLY-08", "2019-20 Q2", "0")
    backup, public = (
        {
            (row["indicator"], row["period"]): row
            for row in csv.DictReader(io.StringIO(run(demo, "export", "figures", *published).out))
        }
        for published in ((), ("--published",))
    )
    assert backup.keys() == public.keys()
    assert public["EARLY-08", "2019-20 Q1"]["value"] == "[c]"
    assert public["EARLY-08", "2019-20 Q2"]["value"] == "0"
    for key, row in public.items():
        if row.pop("small_numbers") == "hidden":
            assert (row["value"], row["numerator"], row["denominator"], row["status"]) == ("[c]", "", "", "suppressed")
        else:
            assert {**row, "value": ""} == {**backup[key], "value": ""}
    file = demo / "public.csv"
    file.write_bytes(run(demo, "export", "figures", "--published").raw)
    refused = run(demo, "import", "figures", str(file))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[0] == (
        f"{file}:1: small_numbers: This is a published export: small numbers are hidden in it, and would be lost. "
        "Import a backup, which `outcome-tracker export` makes without --published."
    )


def test_a_published_export_has_values_as_they_are_shown(demo: Path) -> None:
    run(demo, "enter", "SAFE-05", "2018-19 Q4", "81.2345")  # one decimal
    run(demo, "enter", "SAFE-01", "2018-19 Q4", "44/276")
    public = {
        (row["indicator"], row["period"]): (row["value"], row["numerator"], row["denominator"])
        for row in csv.DictReader(io.StringIO(run(demo, "export", "figures", "--published").out))
    }

    assert public["SAFE-05", "2018-19 Q4"] == ("81.2", "", ""), "0.2% of 2,000 may be a 4 that is hidden elsewhere"
    assert public["SAFE-01", "2018-19 Q4"] == ("15.9", "44", "276")


def test_published_tables_hide_what_gives_a_small_number_away(demo: Path) -> None:
    found = {
        (row["team"], row["category"]): row["count"]
        for row in csv.DictReader(io.StringIO(run(demo, "export", "breakdowns", "--published").out))
        if row["breakdown"] == "GUARD-B10"
    }
    assert found["Children with Disabilities", "Emotional Abuse"] == "[c]"
    assert [found[team, "Emotional Abuse"] for team in ("Chester", "Ellesmere Port", "Northwich & Winsford")].count(
        "[c]"
    ) >= 1, "58% of 227 would leave 1 or 2 for the fourth team"


@pytest.mark.parametrize("kind", ["figures", "breakdowns", "commentary", "published", "audit"])
def test_backups_are_for_officers(demo: Path, kind: str) -> None:
    council = demo / "targets" / "council.yaml"
    council.write_text(council.read_text("utf-8").replace("officers: []", "officers: [Ann]"), encoding="utf-8")
    assert run(demo, "targets", "apply").code == 0
    refused = run(demo, "export", kind, "--user", "Sam")
    instead = "Add --published" if kind in {"figures", "breakdowns"} else "Ask an officer"
    assert (refused.code, refused.out) == (3, "")
    assert refused.err == (
        f"Only officers may see small numbers, and 'Sam' is not one of them. {instead}, or name yourself with --user; "
        "council.yaml lists the officers under roles.\n"
    )
    assert run(demo, "export", kind, "--user", "ann").code == 0
    assert run(demo, "export", "benchmarks", "--user", "Sam").code == 0


def test_what_has_no_small_numbers_is_not_published_otherwise(demo: Path) -> None:
    refused = run(demo, "export", "benchmarks", "--published")
    assert refused.code == 2
    assert refused.err.startswith("--published is for figures and breakdowns; benchmarks are exported as they are.\n")


def test_a_number_keeps_what_was_typed(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "21.20")
    assert ",21.20," in run(small, "export", "figures").out


def test_a_new_database_gets_the_same_scorecard_from_the_exports(demo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    database = ("--database", str(other))
    assert run(demo, "targets", "apply", *database).code == 0
    [lists] = (demo / "data" / "published" / "open_data").glob("*neighbours_april_2021.csv")
    assert run(demo, "import", "neighbours", str(lists), *database).code == 0
    for kind in ("figures", "benchmarks", "areas", "milestones"):
        (demo / "out.csv").write_bytes(run(demo, "export", kind).raw)
        assert run(demo, "import", kind, str(demo / "out.csv"), *database).code == 0
    for command in (("scorecard", "--format", "json"), ("milestones",), ("indicator", "SAFE-02", "--format", "csv")):
        assert run(demo, *command, *database).out == run(demo, *command).out


def test_the_audit_trail_has_every_version_of_everything(small: Path) -> None:
    for day, text, why in (("2020-01-16", "88", ""), ("2020-01-17", "89", "late returns")):
        run(small, "enter", "PC", "2019-20 Q1", text, "--why", why, environment={"OUTCOME_TRACKER_NOW": day})
    found = list(csv.DictReader(io.StringIO(run(small, "export", "audit").out)))
    assert [row["what"] for row in found[-2:]] == ["figure", "figure"]
    assert {"definition", "target"} <= {row["what"] for row in found}
    last = found[-1]
    assert (last["who"], last["key"], last["version"], last["why"]) == (
        "Jo Officer",
        "PC 2019-20 Q1",
        "2",
        "late returns",
    )
    assert (last["old"], last["new"]) == ("value 88; status final", "value 89; status final")
    assert (last["at"], last["known"]) == ("2020-01-17T12:00:00.000000+00:00", "2020-01-17")


def test_as_at_exports_what_was_known_then(demo: Path) -> None:
    may = run(demo, "export", "figures", "--as-at", "2019-05-31").out
    assert "SAFE-01,2018-19 Q4,16,,,final" in may
    assert "SAFE-01,2018-19 Q4,,44,276,final" in run(demo, "export", "figures").out


def test_nothing_is_printed_of_a_database_that_is_not_there(here: Path) -> None:
    ran = run(here, "export", "figures")
    assert (ran.code, ran.out) == (3, "")
    assert "outcome-tracker targets apply" in ran.err
