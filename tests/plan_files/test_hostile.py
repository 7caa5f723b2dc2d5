"""Files made to crash, stall or fill a reader: each is answered in seconds, in little memory, with a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcome_tracker.plan_files.difference import differences, lines
from outcome_tracker.plan_files.kinds import LONGEST_WORDS
from outcome_tracker.plan_files.reader import Loaded, read
from tests.hostile import encodes, quoted
from tests.nasty import CORPUS
from tests.plan_files.writing import INDICATOR, PLAN, agreed, indicator_file, write

MOST_SECONDS = 5
MOST_MEGABYTES = 200

# Reads the folder under limits and prints what was said, and what it took.
PROGRAM = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from pathlib import Path
from outcome_tracker.plan_files.kinds import LONGEST_WORDS
from outcome_tracker.plan_files.reader import read
loaded = read(Path(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_SELF)
kilobytes = used.ru_maxrss
if sys.platform == "linux":  # where ru_maxrss begins at what the process that started this one took
    with open("/proc/self/status") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
took = {"seconds": used.ru_utime + used.ru_stime, "kilobytes": kilobytes}
print(json.dumps({"agreed": loaded.agreed is not None, "said": [str(p) for p in loaded.problems], **took}))
"""


def bomb() -> str:
    """Return nine levels of nine references each, the billion laughs."""
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        levels.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join(levels)


def nested(depth: int) -> str:
    return "".join(f"{' ' * level}k{level}:\n" for level in range(depth))


REFERENCES = "'&' names a value for use elsewhere, which plan files don't do; "
QUOTED = "write the value out, or put a text that starts with '{}' in quotes."
DEEP = "lists and mappings are nested more than 32 deep."
LARGE = "the file is larger than 1,000,000 bytes; a plan file holds one plan: split it."
MORE = "there are more problems in this file; correct these first."
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "aliases": (bomb(), f"1:4: {REFERENCES}{QUOTED.format('&')}"),
    "an anchor inside itself": ("plan: &a [*a]\n", f"1:7: {REFERENCES}{QUOTED.format('&')}"),
    "a tag": (
        "plan: !!python/object/apply:os.system [exit]\n",
        f"1:7: '!' gives a value a type, which plan files don't do; {QUOTED.format('!')}",
    ),
    "brackets": ("[" * 900_000, f"1:33: {DEEP}"),
    "brackets in lines": ("[\n" * 450_000, f"33:1: {DEEP}"),
    "braces": ("{a: " * 225_000, f"1:129: {DEEP}"),
    "dashes": ("- " * 450_000, f"1:65: {DEEP}"),
    "question marks": (
        "? " * 450_000,
        "1:3: a key must be a text; put it in quotes if it starts with '[', '{' or '?'.",
    ),
    "nested blocks": (nested(1_300), f"33:33: {DEEP}"),
    "a text without end": ("plan: '" + "x" * 900_000, "1:7: a quote is opened here and never closed."),
    "a huge title": (
        f"plan: {'x' * 900_000}\ncode: A\nindicators: []\n",
        "1:7: plan: has 900,000 characters; 4,000 are the most.",
    ),
    "a huge number": (
        indicator_file(f"targets: {{2018-19: {'9' * 900_000}}}"),
        "11:24: SAFE-01 targets 2018-19 target: has 900,000 characters; 100 are the most.",
    ),
    "a huge code": (
        PLAN + INDICATOR.replace("SAFE-01", "x" * 900_000),
        f"4:11: {'x' * 59}… code: has 900,000 characters; 100 are the most.",
    ),
    "a huge key": (f"? {'x' * 900_000}\n: 1\n", f"a plan file has no key '{'x' * 59}…'."),
    "100,000 keys": ("".join(f"k{n}: 1\n" for n in range(100_000)), f"201:1: {MORE}"),
    "a key 100,000 times": ("k: 1\n" * 100_000, f"202:1: {MORE}"),
    "100,000 years": (
        PLAN + INDICATOR + "    targets: {" + "".join(f"{n}: 1, " for n in range(90_000)) + "}\n",
        MORE,
    ),
    "100,000 indicators": (PLAN + "- {}\n" * 100_000, MORE),
    "many items twice": ("committees: [" + "a, " * 300_000 + "]\n", MORE),
    "many different items": (
        "committees: [" + ", ".join(f"{n}" for n in range(120_000)) + "]\n",
        "1:1: plan: is missing",
    ),
    "zero bytes": (b"\0" * 900_000, "the file is not in UTF-8; save it with the encoding UTF-8."),
    "3 MB": ("x" * 3_000_000, LARGE),
    "UTF-16": ("plan: x\n".encode("utf-16"), "the file is not in UTF-8; save it with the encoding UTF-8."),
    "tabs": (b"\t" * 900_000 + b"x: y\n", "a tab is used to indent; use spaces."),
    "control characters": ("plan: a\x1b[2Jb\n", "1:8: the character U+001B can't be in a plan file; delete it."),
    "escapes in quotes": ('plan: "a"\n"\\e[2J\\u202e": 1\n', "2:1: a plan file has no key ''."),
    "unicode": ("plan: " + "\u0301" * 400_000 + "\n", "1:7: plan: has "),
    "many problems of different kinds": ("{" + "a, " * 300_000 + "}", MORE),
}


LONG = {  # most of a second each
    "100,000 keys",
    "a key 100,000 times",
    "100,000 years",
    "100,000 indicators",
    "many items twice",
    "many different items",
    "many problems of different kinds",
}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in LONG])
def test_a_hostile_file_is_answered(tmp_path: Path, name: str) -> None:
    content, sentence = HOSTILE[name]
    loaded = read(write(tmp_path, safe=content))
    assert loaded.agreed is None
    answered([str(problem) for problem in loaded.problems], sentence)


def answered(said: list[str], sentence: str) -> None:
    assert any(sentence in line for line in said), said[:3]
    assert all(len(line) < 500 and line.isprintable() for line in said)
    assert len(said) <= 201


@pytest.mark.robustness  # a process for each
@pytest.mark.parametrize(("content", "sentence"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_takes_neither_time_nor_memory(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    folder = write(tmp_path, safe=content)
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert not answer["agreed"]
    answered(answer["said"], sentence)
    assert answer["seconds"] < MOST_SECONDS
    assert answer["kilobytes"] < MOST_MEGABYTES * 1_024


def test_markup_and_formulas_are_texts(tmp_path: Path) -> None:
    for nasty in CORPUS:
        if 0 < len(nasty.kept) <= LONGEST_WORDS and encodes(nasty.text):
            (plan,) = agreed(tmp_path, safe=f"plan: {quoted(nasty.text)}\ncode: A\nindicators: []\n").plans
            assert plan.title == nasty.kept


def checked(loaded: Loaded) -> None:
    if loaded.agreed is None:
        assert any(not problem.warning for problem in loaded.problems)
    else:
        assert all(problem.warning for problem in loaded.problems)
        assert differences(loaded.agreed, loaded.agreed) == ()
        assert lines(differences(None, loaded.agreed))
    for problem in loaded.problems:
        assert problem.message
        assert str(problem).isprintable()


ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(data=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_agreed_or_have_a_problem(tmp_path: Path, data: bytes) -> None:
    checked(read(write(tmp_path, council=data, safe=data)))


EXAMPLES = Path(__file__).resolve().parents[2] / "targets"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))] + [
    indicator_file(
        "targets: {2018-19: {target: 14, profile: {Q1: 1, Q2: 2, Q3: 3, Q4: 14}, revised: [{to: 13, from: 2018-19 Q3, "
        "reason: x, by: y}]}, 2019-20: {proposed: 16, reason: z}}",
        "spc: {run: 7, screen: true, rebase: [2017-18 Q1], baseline: 12}",
    )
]
PIECES = [
    "",
    " ",
    "\n",
    ":",
    "- ",
    "[]",
    "{}",
    "[1, 2]",
    "no",
    "x",
    "5%",
    "0",
    "-1",
    "2018-19",
    "Q1",
    "'",
    "\t",
    "é",
    "null",
]


@ANY
@given(data=st.data())
def test_a_good_file_changed_anywhere_is_agreed_or_has_a_problem(tmp_path: Path, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[end:]
    content = text.encode("utf-8", "surrogatepass")
    checked(read(write(tmp_path, **{data.draw(st.sampled_from(["safe", "council"])): content})))
