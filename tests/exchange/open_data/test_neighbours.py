"""The lists of statistical neighbours, in the shapes of the releases of 2021 and 2025."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.area import Neighbour, NeighbourList
from outcome_tracker.core.problem import Problem
from outcome_tracker.exchange.open_data.neighbours import read_neighbours

LATER = "\ufeffold_la_code,la_name,region_ind,region_name,SN_1,SN_1P,SN_2,SN_2P\n"
EARLIER = "\ufeffLA num,LA Name,LA number,GOInd,GOReg,SN1,SNP,SN2,SNP,\n"


def read(folder: Path, text: str | bytes) -> tuple[list[NeighbourList], list[Problem]]:
    path = folder / "neighbours.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_neighbours(path, "2021", "DfE", "utf-8-sig")


def expected(authority: str, *neighbours: tuple[str, str]) -> NeighbourList:
    return NeighbourList("2021", authority, tuple(Neighbour(*each) for each in neighbours), "DfE")


def test_the_release_of_2025_is_read_as_it_is(tmp_path: Path) -> None:
    text = LATER + "301,Barking and Dagenham,3,London,308,Close ,821,Somewhat close\n302,Barnet,3,London,320,,870,\n"
    assert read(tmp_path, text) == (
        [
            expected("301", ("308", "Close"), ("821", "Somewhat close")),
            expected("302", ("320", ""), ("870", "")),
        ],
        [],
    )


def test_the_release_of_2021_is_read_as_it_is(tmp_path: Path) -> None:
    text = (
        EARLIER
        + "201,City of London,201,3,London (Inner),207,Not Close,213,Not Close,\n"
        + ",,,,,,,,,\n,Old SNs:,,,,,,,,\n,,,,,,,,,\n"
        + "835,Dorset (Pre LG),835,7,South West,893.0,Extremely Close,878.0,Very Close,\n"
    )
    assert read(tmp_path, text) == (
        [
            expected("201", ("207", "Not Close"), ("213", "Not Close")),
            expected("835", ("893", "Extremely Close"), ("878", "Very Close")),
        ],
        [],
    )


def test_the_nearest_comes_first_wherever_its_column_stands(tmp_path: Path) -> None:
    found, _ = read(
        tmp_path,
        ",".join([*(f"SN{n}" for n in range(10, 0, -1)), "LA Code\n"])
        + "310,309,308,307,306,305,304,303,302,301,896\n",
    )
    assert found == [expected("896", *((str(300 + n), "") for n in range(1, 11)))]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (LATER, ["0: : The file has no rows."]),
        (
            "la_name,SN_0P\nBury,301\n",
            [
                "1: : No column has the authority's DfE number; call one old_la_code, as in 896 in its rows.",
                "1: : No column has a neighbour; call them SN_1 to SN_10, nearest first.",
            ],
        ),
        ("LA num,SN1,SN_1\n896,301,302\n", ["1: : The neighbour 1 has two columns; keep one."]),
        (
            "LA num,SN1,SN3\n896,301,302\n",
            ["1: : No column has the neighbour 2, but one has the neighbour 3; call it SN_2."],
        ),
        (
            LATER
            + "896,Cheshire West,2,North West,896,Close,x,Close\nE06,Y,2,North West,351,,352,\n"
            + "351,Bury,2,North West,352,Close,352,Close\n351,Bury,2,North West,353,Close,,Close\n",
            [
                "2: SN_1: 896 is the authority itself; correct it.",
                "2: SN_2: 'x' is not a DfE number, which has three digits, as in 896.",
                "3: old_la_code: 'E06' is not a DfE number, which has three digits, as in 896.",
                "4: SN_2: 352 is a neighbour already; correct it.",
                "5: SN_2: It is empty; write a DfE number, as in 896.",
                "5: old_la_code: The authority 351 has a list in line 4 already; keep one.",
            ],
        ),
        (
            b"LA num,SN1\n896,\xff\n",
            ["2: : This line is not UTF-8; save the file as CSV UTF-8, or import it with --enc"],
        ),
    ],
)
def test_problems_name_line_and_column(tmp_path: Path, text: str | bytes, problems: list[str]) -> None:
    _, found = read(tmp_path, text)
    shown = [f"{problem.line}: {problem.key}: {problem.message}" for problem in found]
    assert [text[: len(start)] for text, start in zip(shown, problems, strict=True)] == problems


@given(st.binary(max_size=60) | st.text(alphabet='SN1_P,LAnum896\r\n"', max_size=80).map(str.encode))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for start in (b"", LATER.encode()):
        found, problems = read(folder, start + content)
        assert found or problems
