"""Markers for missing figures: told with the import, asked at a terminal, or a problem; never zero."""

from pathlib import Path

import pytest

from tests.running import Ran, figure_count, rows, run

HEADING = "indicator,period,value,numerator,denominator,status,note\n"
MIXED = HEADING + (
    "PC,2019-20 Q1,x,,,,\n"
    "PC,2019-20 Q2,X,x,,,\n"
    "NO,2019-20 Q1,–,,,,\n"
    "NO,2019-20 Q2,[c],,,,\n"
    "PO,2019-20 Q1,,,,,seen\n"
    "PO,2019-20 Q2,12,,,,\n"
)
STATUSES = "not returned, not available, suppressed or not applicable"
QUESTION_X = "'x' stands in 3 cells (first line 2, value). What does it mean?\n"
ASKED = "1 to 4, or Enter to import nothing: "


def imported(folder: Path, text: str, *options: str, typed: str | None = None) -> Ran:
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    file = str(folder / "figures.csv")
    return run(folder, "import", "figures", file, *options, terminal=typed is not None, typed=typed)


def held(folder: Path) -> list[tuple[object, ...]]:
    return rows(folder, "SELECT indicator, period, value, status, note FROM figure ORDER BY 1, 2")


def test_what_was_told_becomes_the_status_and_never_a_number(small: Path) -> None:
    options = ("--missing", "x=suppressed", "--missing", "-=not available", "--missing", "blank=not returned")
    ran = imported(small, MIXED, *options)
    assert (ran.code, ran.out) == (0, "Added 6, changed 0; 0 unchanged.\n")
    assert held(small) == [
        ("NO", "2019-20 Q1", None, "not available", ""),
        ("NO", "2019-20 Q2", None, "suppressed", ""),
        ("PC", "2019-20 Q1", None, "suppressed", ""),
        ("PC", "2019-20 Q2", None, "suppressed", ""),
        ("PO", "2019-20 Q1", None, "not returned", "seen"),
        ("PO", "2019-20 Q2", "12", "final", ""),
    ]
    assert imported(small, MIXED, *options).out == "Added 0, changed 0; 6 unchanged.\n"


def test_what_nobody_told_is_one_problem_a_marker_with_every_way_out(small: Path) -> None:
    ran = imported(small, MIXED)
    assert (ran.code, ran.out, figure_count(small)) == (1, "", 0)
    file = small / "figures.csv"
    unknown = "and what it means is not known; it is never taken for zero. Import with --missing"
    standard = "write [c] (suppressed), [x] (not available) or [z] (not applicable)"
    empty = "or write a status and leave the figure empty."
    assert ran.err.splitlines() == [
        (
            f"{file}: 'x' stands in 3 cells (first line 2, value), {unknown} \"x=suppressed\" "
            f"(or not returned, not available or not applicable), {standard}, {empty}"
        ),
        (
            f"{file}: '–' stands in 1 cell (line 4, value), {unknown} \"–=suppressed\" "
            f"(or not returned, not available or not applicable), {standard}, {empty}"
        ),
        (
            f'{file}: 1 row has neither a figure nor a status (line 6, value), {unknown} blank="not returned" '
            f"(or not available, suppressed or not applicable), fill them in, {empty}"
        ),
        f"Nothing was imported: 3 problems in {file}.",
    ]


def test_a_terminal_is_asked_once_a_marker(small: Path) -> None:
    ran = imported(small, MIXED, "--missing", "blank=not returned", typed="3\nhidden\nnot av\n")
    assert (ran.code, ran.out) == (0, "Added 6, changed 0; 0 unchanged.\n")
    choices = (
        "1 not returned: nobody has sent it yet, and it is still due\n"
        "2 not available: it could not be had\n"
        "3 suppressed: it is hidden, because the number is small\n"
        "4 not applicable: there can be none\n"
    )
    assert ran.err == (
        f"{QUESTION_X}{choices}{ASKED}"
        f"'–' stands in 1 cell (line 4, value). What does it mean?\n{choices}{ASKED}"
        f"'hidden' does not say why a figure is absent; write {STATUSES}.\n"
        f"{ASKED}"
    )
    assert [row[3] for row in held(small)][:3] == ["not available", "suppressed", "suppressed"]


def test_enter_refuses_and_nothing_comes_in(small: Path) -> None:
    ran = imported(small, MIXED, typed="3\n\n")
    assert (ran.code, ran.out, figure_count(small)) == (1, "", 0)
    assert "Nothing was imported: 3 problems in" in ran.err


def test_nobody_is_asked_while_something_else_is_wrong_or_there_is_no_keyboard(small: Path) -> None:
    ran = imported(small, MIXED + "XX,2019-20 Q1,5,,,,\n", typed="3\n3\n3\n")
    assert ran.code == 1
    assert "What does it mean?" not in ran.err
    assert "There is no indicator 'XX'" in ran.err


def test_a_marker_in_one_part_leaves_the_other_in_the_note(small: Path) -> None:
    text = HEADING + "PC,2019-20 Q1,,x,37,,checked\nPC,2019-20 Q2,,[c],[c],,\n"
    ran = imported(small, text, "--missing", "x=suppressed")
    assert ran.code == 0, ran.err
    assert rows(small, "SELECT period, numerator, denominator, status, note FROM figure ORDER BY 1") == [
        ("2019-20 Q1", None, None, "suppressed", "checked. In the file: numerator x and denominator 37."),
        ("2019-20 Q2", None, None, "suppressed", ""),
    ]
    assert imported(small, text, "--missing", "x=suppressed").out == "Added 0, changed 0; 2 unchanged.\n"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "PC,2019-20 Q1,88,x,,,",
            "2: numerator: The numerator is 'x' beside the value 88; leave the numerator",
        ),
        ("PC,2019-20 Q1,x,,,final,", "2: status: The status is final, but the value is 'x'; write why there is no"),
        (
            "PC,2019-20 Q1,,[c],[x],,",
            "2: numerator: '[c]' means suppressed and '[x]' means not available, and a figure is absent for one reason",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(small: Path, row: str, sentence: str) -> None:
    ran = imported(small, f"{HEADING}{row}\n", "--missing", "x=suppressed")
    assert ran.code == 1
    assert sentence in ran.err


def test_a_status_beside_a_marker_says_what_it_means(small: Path) -> None:
    ran = imported(small, HEADING + "PC,2019-20 Q1,x,,,Not available,\nPC,2019-20 Q2,..,,,suppressed,\n")
    assert ran.code == 0, ran.err
    assert [row[3] for row in held(small)] == ["not available", "suppressed"]


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("x", "'x' is not MARKER=STATUS; write x=suppressed, or blank=\"not returned\" for empty cells"),
        ("x=hidden", "'hidden' does not say why a figure is absent; write not returned, not available, suppressed or"),
        ("0=suppressed", "'0' is a number, and a number is a figure"),
    ],
)
def test_a_bad_option_is_wrong_usage(small: Path, option: str, sentence: str) -> None:
    ran = imported(small, MIXED, "--missing", option)
    assert ran.code == 2
    assert sentence in " ".join(ran.err.split())
