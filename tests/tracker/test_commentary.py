from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcome_tracker.core.commentary import ANALYSIS, CAUSE, DUE, FORECAST, OWNER, Commentary, Explained, State
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Problem, Unavailable
from outcome_tracker.exchange.csv_out import to_csv
from outcome_tracker.store.writer import Conflict
from outcome_tracker.tracker import commentary as use_cases
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.commentary import Clash, board, comment, save_sections
from outcome_tracker.tracker.drafts import Draft, Drafts, drafts_of
from outcome_tracker.tracker.exports import export
from outcome_tracker.tracker.imports import import_file
from outcome_tracker.tracker.review import indicator_review
from outcome_tracker.tracker.workspace import Workspace
from tests.tui.entering import NOW, Q4, workspace

Q3 = parse("2018-19 Q3")


@pytest.fixture
def found(tmp_path: Path) -> Workspace:
    """S-01 is Red, S-02 declines, S-03 (wider) is Red."""
    made = workspace(tmp_path)
    for code, text in (("S-01", "44/276"), ("S-02", "22.1"), ("S-03", "240")):
        enter(made, code, "2018-19 Q4", text)
    return made


def saved(found: Workspace, *, seen: dict[str, int] | None = None, code: str = "S-01", **texts: str) -> object:
    return save_sections(found, code, Q4, {name.replace("_", " "): text for name, text in texts.items()}, seen)


def current(found: Workspace, code: str = "S-01") -> dict[str, tuple[str, int]]:
    with found.read() as reader:
        return {c.section: (c.text, c.version) for c in reader.commentary() if (c.subject, c.period) == (code, Q4)}


def test_the_board_puts_what_is_missing_first_and_leaves_out_what_nobody_asks_for(found: Workspace) -> None:
    shown = board(found)
    assert (shown.period, shown.explained) == (Q4, Explained(2, 2))
    assert [(name, [s.code for s in members]) for name, members in shown.groups(every=False)] == [
        ("Missing", ["S-01", "S-02"]),
        ("Other Reds, and what declined", ["S-03"]),
        ("Plans", ["SAFE"]),
    ]
    saved(found, Cause="Winter.")
    shown = board(found)
    assert shown.explained == Explained(2, 1)
    assert [(name, [s.code for s in members]) for name, members in shown.groups(every=True)] == [
        ("Missing", ["S-02"]),
        ("Other Reds, and what declined", ["S-01", "S-03"]),
        ("Plans", ["SAFE"]),
        ("Everything else", ["S-04"]),
    ]
    assert shown.within("SAFE").subjects == shown.subjects
    assert shown.within("OTHER").subjects == ()
    save_sections(found, "S-02", Q4, {"Cause": "Summer."})
    assert [name for name, _ in board(found).groups(every=False)] == ["Reds, and what declined", "Plans"]


def test_a_document_has_the_sections_what_stands_in_them_and_what_was_said_before(found: Workspace) -> None:
    save_sections(found, "S-01", Q3, {"Cause": "Then", "Finance": "Money"})
    saved(found, Cause="Now")
    document = board(found).document("S-01")
    assert document is not None
    assert [section.name for section in document.sections][-2:] == ["Year-end forecast", "Finance"]
    assert (document.text("Cause"), document.version("Cause")) == ("Now", 1)
    assert (document.text("Action"), document.version("Action")) == ("", 0)
    assert [(c.section, c.text) for c in document.before] == [("Cause", "Then"), ("Finance", "Money")]
    assert board(found).document("X") is None


def test_changed_sections_are_saved_together_each_as_a_version_with_its_author(found: Workspace) -> None:
    saved(found, Cause="One", Owner="Jo\nSmith")
    again = saved(found, seen={"Cause": 1, "Owner": 1}, Cause="Two\n\nlines ", Owner="Jo Smith", Action="Hire")
    assert isinstance(again, tuple)
    assert [(c.section, c.version, c.author) for c in again] == [("Cause", 2, "ana"), ("Action", 1, "ana")]
    assert current(found) == {"Cause": ("Two\n\nlines", 2), "Owner": ("Jo Smith", 1), "Action": ("Hire", 1)}
    assert saved(found, Cause="Two\n\nlines", Action="Hire") == ()


def test_one_wrong_date_and_nothing_is_saved(found: Workspace) -> None:
    refused = saved(found, Cause="Winter", Due_date="soon")
    assert isinstance(refused, Problem)
    assert (refused.key, refused.path) == ("Due date", "S-01")
    assert refused.message.startswith("'soon' is neither a date nor a period; write 2019-09-30")
    assert current(found) == {}


def test_a_date_stays_as_it_is_typed(found: Workspace) -> None:
    saved(found, Due_date="30th Sept 2019")
    assert current(found) == {"Due date": ("30th Sept 2019", 1)}


def test_clearing_is_a_version_and_what_is_cleared_is_missing_again_and_in_no_file(
    found: Workspace, tmp_path: Path
) -> None:
    saved(found, Cause="Winter")
    saved(found, Cause=" ")
    assert current(found) == {"Cause": ("", 2)}
    assert board(found).explained == Explained(2, 2)
    assert indicator_review(found, "S-01").commentary == ()
    saved(found, code="SAFE", Analysis_and_issues="All of it.\n\nAnd more.")
    with found.read() as reader:
        exported = export(found, reader, "commentary")
        text = to_csv(exported.columns, exported.rows)
    assert text.count("Winter") == 0
    (tmp_path / "out.csv").write_text(text, encoding="utf-8")
    imported = import_file(found, "commentary", tmp_path / "out.csv")
    assert (imported.problems, imported.unchanged, imported.added) == ((), 1, 0)


OWN = ("Why is this here?", "Recommendations", "Contact activity")


def test_own_sections_stand_as_in_their_file_though_the_clock_stood_still(found: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    rows = "".join(f"SAFE,2018-19 Q4,{section},As written.\n" for section in OWN)
    file.write_text(f"subject,period,section,text\n{rows}", encoding="utf-8")
    assert import_file(found, "commentary", file).problems == ()
    saved(found, code="SAFE", Recommendations="Corrected.")

    subject = board(found).subject("SAFE")
    assert subject is not None
    assert [c.section for c in subject.said] == list(OWN)
    with found.read() as reader:
        exported = list(export(found, reader, "commentary").rows)
    assert [row["section"] for row in exported] == list(OWN), "a backup keeps the order too"


def test_own_sections_saved_at_once_stand_as_they_were_written(found: Workspace) -> None:
    save_sections(found, "SAFE", Q4, dict.fromkeys(OWN, "As written."))
    document = board(found).document("SAFE")
    assert document is not None
    assert [section.name for section in document.sections if section.name in OWN] == list(OWN)


def test_an_indicators_sections_are_read_in_their_order(found: Workspace) -> None:
    saved(found, Year_end="x", Cause="b", Action="c", Analysis_and_issues="a")
    save_sections(found, "S-01", Q3, {"Owner": "before"})
    assert [(c.period, c.section) for c in indicator_review(found, "S-01").commentary] == [
        (Q3, "Owner"),
        (Q4, "Analysis and issues"),
        (Q4, "Cause"),
        (Q4, "Action"),
        (Q4, "Year end"),
    ]


def test_what_somebody_else_saved_first_is_told_with_what_one_began_from(found: Workspace) -> None:
    saved(found, Cause="Old")
    saved(replace(found, user="ben"), Cause="Theirs", Owner="Ben", Action="Same")
    clash = saved(found, seen={"Cause": 1}, Cause="Mine", Owner="Ana", Action="Same", Due_date="2019-20")
    assert isinstance(clash, Clash)
    assert [(d.before and d.before.text, d.theirs.text, d.theirs.author, d.mine) for d in clash.differences] == [
        ("Old", "Theirs", "ben", "Mine"),
        (None, "Ben", "ben", "Ana"),
    ]
    assert "Due date" not in current(found)
    assert isinstance(saved(found, seen={"Cause": 2, "Owner": 1}, Cause="Mine", Owner="Ana"), tuple)
    assert current(found)["Cause"] == ("Mine", 3)


def test_a_save_between_looking_and_saving_is_found_too(found: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Workspace.save
    quick = [replace(found, user="ben")]

    def save(self: Workspace, facts: list[object]) -> None:
        if quick:
            original(quick.pop(), [replace(f, text="Theirs") for f in facts if isinstance(f, Commentary)])
        original(self, facts)  # type: ignore[arg-type]  # a list of commentary, which is one kind of fact

    monkeypatch.setattr(Workspace, "save", save)
    clash = saved(found, seen={}, Cause="Mine")
    assert isinstance(clash, Clash)
    assert clash.differences[0].theirs.text == "Theirs"
    quick.append(replace(found, user="ben"))
    assert isinstance(saved(found, Cause="After"), tuple)  # whoever has seen nothing follows what is there
    assert current(found)["Cause"] == ("After", 3)


def test_a_database_where_somebody_is_always_quicker_ends_in_a_conflict(
    found: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(_self: Workspace, _facts: object) -> None:
        raise Conflict(())

    monkeypatch.setattr(Workspace, "save", save)
    with pytest.raises(Conflict):
        saved(found, Cause="x")


def test_the_past_and_the_future_take_nothing(found: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="the past cannot be changed"):
        saved(workspace(tmp_path, as_at=date(2019, 4, 20)), Cause="x")
    q2 = parse("2019-20 Q2")
    early = save_sections(found, "S-01", q2, {"Cause": "x"})
    assert early == Problem(f"{q2.label} has not begun; there is nothing to explain yet.", "S-01", key="period")


# Single sections, as from a command line


def test_a_comment_finds_subject_period_and_section_as_people_write_them(found: Workspace) -> None:
    told = comment(found, " s-01 ", "Q4 2018/19", "due  DATE", "2019-20")
    assert isinstance(told, tuple)
    assert (told[0].section, told[0].version, told[1]) == ("Due date", 1, True)
    assert comment(found, "S-01", "2018-19 Q4", "Due date", "2019-20") == (replace(told[0]), False)
    assert isinstance(comment(found, "SAFE", "2018-19 Q4", "wider performance indicators", "x"), tuple)


@pytest.mark.parametrize(
    ("arguments", "key", "sentence"),
    [
        (("S-1", "2018-19 Q4", "Cause", "x"), "subject", "There is no plan or indicator 'S-1'. Did you mean 'S-01'?"),
        (("S-01", "2018-19", "Cause", "x"), "period", "a report is for a quarter or a month"),
        (("S-01", "2018-19 Q4", "Finance", "x"), "section", "'Finance' is not a section of S-01; write Analysis"),
        (("SAFE", "2018-19 Q4", "Cause", "x"), "section", "write Analysis and issues or Wider performance indicators."),
        (("S-01", "2018-19 Q4", "Cause", " \n"), "Cause", "The text is empty; write something, or add --clear"),
        (("S-01", "2018-19 Q4", "Due date", "soon"), "Due date", "'soon' is neither a date nor a period"),
        (("S-01", "2030-31 Q4", "Cause", "x"), "period", "has not begun"),
    ],
)
def test_what_is_wrong_with_a_comment_is_said(
    found: Workspace, arguments: tuple[str, str, str, str], key: str, sentence: str
) -> None:
    problem = comment(found, *arguments)
    assert isinstance(problem, Problem)
    assert problem.key == key
    assert sentence in problem.message
    assert current(found) == {}


def test_clearing_needs_to_be_asked_for(found: Workspace) -> None:
    comment(found, "S-01", "2018-19 Q4", "Cause", "x")
    both = comment(found, "S-01", "2018-19 Q4", "Cause", "y", clear=True)
    assert isinstance(both, Problem)
    assert both.message == "A text and --clear contradict each other; leave one of them out."
    cleared = comment(found, "S-01", "2018-19 Q4", "Cause", "", clear=True)
    assert isinstance(cleared, tuple)
    assert (cleared[0].text, cleared[0].version, cleared[1]) == ("", 2, True)
    nothing = comment(found, "S-01", "2018-19 Q4", "Action", "", clear=True)
    assert isinstance(nothing, tuple)
    assert nothing[1] is False


def test_a_section_that_only_the_data_names_can_be_written(found: Workspace) -> None:
    save_sections(found, "S-01", Q3, {"Finance": "x"})
    assert isinstance(comment(found, "S-01", "2018-19 Q4", "finance", "y"), tuple)
    assert current(found) == {"Finance": ("y", 1)}


# Files


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(codec="utf-8") | st.sampled_from("\n\n\r'=+-@\",\t"),
        min_size=1,
    )
)
def test_any_text_goes_into_the_database_out_as_csv_and_in_again_unchanged(found: Workspace, text: str) -> None:
    assert isinstance(saved(found, Analysis_and_issues="start " + text), tuple)
    saved(found, Analysis_and_issues=text)
    with found.read() as reader:
        exported = export(found, reader, "commentary")
        file = found.folder / "out.csv"
        file.write_text(to_csv(exported.columns, exported.rows), encoding="utf-8", newline="")
        stored = next(c.text for c in reader.commentary())
    imported = import_file(found, "commentary", file)
    assert imported.problems == ()
    assert imported.unchanged == (1 if stored else 0)
    assert (imported.added, imported.changed) == (0, 0)


# Drafts

DRAFT = Draft({CAUSE.name: "Win", DUE.name: "so\non"}, {CAUSE.name: 2}, NOW)


def drafts(folder: Path, user: str = "ana", database: str = "d") -> Drafts:
    return Drafts(folder, database=database, user=user)


def test_a_draft_comes_back_as_it_was_to_whom_it_belongs(tmp_path: Path) -> None:
    kept = drafts(tmp_path)
    assert kept.get("S-01", Q4) is None
    kept.put("S-01", Q4, Draft({}, {}, datetime(2019, 1, 1, tzinfo=UTC)))
    kept.put("S-01", Q4, DRAFT)
    kept.put("S-02", Q3, DRAFT)
    assert drafts(tmp_path).get("S-01", Q4) == DRAFT
    assert kept.get("S-01", Q3) is None
    assert drafts(tmp_path, user="ben").get("S-01", Q4) is None
    assert drafts(tmp_path, database="e").get("S-01", Q4) is None
    assert (kept.subjects(Q4), drafts(tmp_path, user="ben").subjects(Q4)) == (frozenset({"S-01"}), frozenset())
    kept.drop("S-01", Q4)
    kept.drop("S-01", Q4)
    assert kept.get("S-01", Q4) is None
    assert kept.subjects(Q4) == frozenset()


def test_nobody_else_may_read_a_draft(tmp_path: Path) -> None:
    drafts(tmp_path / "new" / "one").put("S-01", Q4, DRAFT)
    (folder,) = (tmp_path / "new" / "one").iterdir()
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"texts": []}', '{"texts": {}, "seen": {}, "at": 3}', "\ufeff"])
def test_a_file_that_is_no_draft_is_none(tmp_path: Path, text: str) -> None:
    kept = drafts(tmp_path)
    kept.put("S-01", Q4, DRAFT)
    file = next(tmp_path.rglob("*.json"))
    file.write_text(text, encoding="utf-8")
    assert kept.get("S-01", Q4) is None
    assert kept.subjects(Q4) == frozenset()


def test_a_draft_that_cannot_be_written_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = drafts(tmp_path)
    kept.put("S-01", Q4, DRAFT)

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        kept.put("S-01", Q4, replace(DRAFT, texts={OWNER.name: "Jo", FORECAST.name: "2"}))
    assert kept.get("S-01", Q4) == DRAFT
    assert len(list(tmp_path.rglob("*.*"))) == 1


def test_drafts_are_kept_in_the_users_own_folder(found: Workspace, tmp_path: Path) -> None:
    drafts_of(found).put("S-01", Q4, DRAFT)
    assert drafts_of(replace(found, user="ben")).get("S-01", Q4) is None
    assert drafts_of(found).get("S-01", Q4) == DRAFT
    assert not list(tmp_path.rglob("*.json"))
    drafts_of(found, tmp_path / "d").put("S-01", Q4, DRAFT)
    assert len(list((tmp_path / "d").rglob("*.json"))) == 1


def test_states_are_known_to_the_board(found: Workspace) -> None:
    saved(found, Analysis_and_issues="x")
    subject = board(found).subject("S-01")
    assert subject is not None
    assert subject.state is State.INCOMPLETE
    assert use_cases.wrong_texts({ANALYSIS.name: "x", DUE.name: "soon"}).keys() == {"Due date"}
