"""`report`: which file it writes, and a sentence for everything that stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import run

SMALL_REPORT = Path(__file__).with_name("small_report.md")


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_small_numbers_are_hidden_unless_an_officer_asks(demo: Path, out: Path) -> None:
    assert run(demo, "report", "--plan", "EARLY", "-o", str(out / "report.md")).err == ""
    ran = run(demo, "report", "--plan", "EARLY", "--unsuppressed", "-o", str(out / "report.md"))

    assert (ran.code, ran.err) == (0, f"Written to {out / 'report_UNSUPPRESSED.md'}.\n")
    assert "2 fewer families to Green" not in (out / "report.md").read_text("utf-8")
    assert "2 fewer families to Green" in (out / "report_UNSUPPRESSED.md").read_text("utf-8")


def test_commentary_that_says_a_hidden_number_is_a_warning_on_stderr(demo: Path, out: Path) -> None:
    said = "Only 2 families had to wait."
    assert run(demo, "comment", "EARLY-08", "2018-19 Q4", "Analysis and issues", said).code == 0
    ran = run(demo, "report", "--plan", "EARLY", "-o", str(out / "report.md"))

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("warning: EARLY-08, Quarter 4 2018-19, Analysis and issues: '2 families' may say")
    assert _files(out) == ["report.md"]


def test_only_officers_get_small_numbers(demo: Path, out: Path) -> None:
    council = demo / "targets" / "council.yaml"
    council.write_text(council.read_text("utf-8").replace("officers: []", "officers: [Sam]"), "utf-8")
    assert run(demo, "targets", "apply").code == 0
    ran = run(demo, "report", "--unsuppressed", "-o", str(out / "report.md"))

    assert ran.code == 3
    assert ran.err == (
        "Only officers may see small numbers, and 'Jo Officer' is not one of them. Leave out --unsuppressed, or name "
        "yourself with --user; council.yaml lists the officers under roles.\n"
    )
    assert _files(out) == []
    assert run(demo, "report", "--unsuppressed", "-o", str(out / "report.md"), "--user", "sam").code == 0


def test_a_template_is_for_word(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--template", "council.docx", "-o", str(out / "report.md"))

    assert ran.code == 2
    assert "A --template is for Word documents: add --format docx, or leave it out." in ran.err


def test_a_template_that_is_not_there_is_said(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--template", str(out / "council.docx"), "-o", str(out / "report.docx"))

    assert ran.code == 3
    assert ran.err.startswith(f"The template {out / 'council.docx'} cannot be read: ")
    assert _files(out) == []


def test_the_name_and_the_form_must_agree(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--format", "html", "-o", str(out / "report.md"))

    assert ran.code == 2
    assert (
        "report.md is named as md, and --format says html: name the file report.html, or leave out --format." in ran.err
    )


def test_the_form_is_that_of_the_file(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--plan", "SAFE", "--unsuppressed", "-o", str(out / "SAFE_UNSUPPRESSED.md"))

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (
        (out / "SAFE_UNSUPPRESSED.md")
        .read_text("utf-8")
        .startswith("# Vulnerable adults and children feel safe and are protected\n")
    )
    assert _files(out) == ["SAFE_UNSUPPRESSED.md"]


def test_html_is_a_whole_page(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--plan", "SAFE", "--unsuppressed", "-o", str(out / "SAFE_UNSUPPRESSED.html"))

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    text = (out / "SAFE_UNSUPPRESSED.html").read_text("utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">\n')
    assert "<h1>Vulnerable adults and children feel safe and are protected</h1>" in text
    assert text.endswith("</html>\n")
    assert _files(out) == ["SAFE_UNSUPPRESSED.html"]


def test_a_name_that_does_not_say_that_small_numbers_are_in_it_is_made_to(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--unsuppressed", "-o", str(out / "report.md"))

    assert (ran.code, ran.err) == (0, f"Written to {out / 'report_UNSUPPRESSED.md'}.\n")
    assert _files(out) == ["report_UNSUPPRESSED.md"]


def test_without_a_file_it_is_named_after_plans_and_period(
    demo: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)
    ran = run(demo, "report", "--plan", "EARLY", "--plan", "SAFE", "--format", "md", "--unsuppressed")

    assert (ran.code, ran.err) == (0, "Written to SAFE-EARLY_2018-19-Q4_UNSUPPRESSED.md.\n")
    assert _files(out) == ["SAFE-EARLY_2018-19-Q4_UNSUPPRESSED.md"]
    assert run(demo, "report", "--format", "md", "--unsuppressed", "--period", "2018-12").code == 0
    assert "council_2018-12_UNSUPPRESSED.md" in _files(out)


def test_a_file_that_is_there_stays(demo: Path, out: Path) -> None:
    path = out / "UNSUPPRESSED.md"
    path.write_text("mine", "utf-8")
    ran = run(demo, "report", "--unsuppressed", "-o", str(path))

    assert (ran.code, ran.err) == (
        3,
        f"{path} is there already. Name another file, or add --force to replace it.\n",
    )
    assert path.read_text("utf-8") == "mine"
    assert run(demo, "report", "--unsuppressed", "-o", str(path), "--force").code == 0
    assert path.read_text("utf-8").startswith("# Outcome plans\n")


def test_a_folder_that_does_not_exist_is_said(demo: Path, out: Path) -> None:
    path = out / "none" / "UNSUPPRESSED.md"
    ran = run(demo, "report", "--unsuppressed", "-o", str(path))

    assert (ran.code, ran.err) == (
        3,
        f"There is no folder {path.parent}. Make it first, or name a file in another folder.\n",
    )
    assert _files(out) == []


def test_a_form_must_be_known(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "-o", str(out / "report.txt"))

    assert ran.code == 2
    assert "Choose a form with --format " in ran.err
    assert "or name a file that ends in one, as in -o report.html." in ran.err


def test_what_does_not_exist_names_the_nearest(demo: Path, out: Path) -> None:
    ran = run(demo, "report", "--plan", "SAVE", "--unsuppressed", "-o", str(out / "report.md"))

    assert (ran.code, ran.err) == (
        3,
        "There is no plan 'SAVE' in 2018-19 Q4. Did you mean 'SAFE'? Plans: SAFE, EARLY.\n",
    )
    assert _files(out) == []


def test_without_a_database_there_is_no_report(tmp_path: Path) -> None:
    ran = run(tmp_path, "report", "--unsuppressed", "-o", str(tmp_path / "report.md"))

    assert ran.code == 3
    assert _files(tmp_path) == []


SMALL_FIGURES = """indicator,period,value,numerator,denominator,status,note
PC,2019-20 Q2,,171,200,final,
PC,2019-20 Q3,,172,200,provisional,two teams were late
NO,2019-20 Q2,1290,,,final,
NO,2019-20 Q3,1410,,,final,
PO,2019-20 Q3,,,,not available,
"""


def test_the_whole_of_a_small_report(small: Path, out: Path) -> None:
    (out / "figures.csv").write_text(SMALL_FIGURES, "utf-8")
    assert run(small, "import", "figures", str(out / "figures.csv")).code == 0
    assert run(small, "comment", "NO", "2019-20 Q3", "Cause", "Winter | *pressure*.\n- <b>two</b> wards").code == 0
    assert run(small, "comment", "P", "2019-20 Q3", "Analysis and issues", "# A quarter\n\nIt was cold.").code == 0
    assert run(small, "milestone", "P-A.1", "re-phased", "--new-due", "2020-06-30", "--reason", "No staff.").code == 0
    ran = run(small, "report", "--period", "2019-20 Q3", "-o", str(out / "report.md"))

    assert (ran.code, ran.err) == (0, "")
    assert (out / "report.md").read_text("utf-8") == SMALL_REPORT.read_text("utf-8")
