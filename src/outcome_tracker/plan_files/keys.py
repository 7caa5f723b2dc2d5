"""Every key of council.yaml and of plan files, with its kind and purpose: what is checked, and the JSON schema."""

from __future__ import annotations

from enum import StrEnum

from outcome_tracker.core.breakdown import BASES, COMPARES, Published
from outcome_tracker.core.indicator import Basis, Compare, Polarity, Tier
from outcome_tracker.core.neighbours import Average
from outcome_tracker.core.number import parse_unit
from outcome_tracker.core.period import Frequency
from outcome_tracker.plan_files import texts
from outcome_tracker.plan_files.goals import GOAL, NUMBER_OR_RANGE, PROFILE, RANGE, TargetsByYear
from outcome_tracker.plan_files.kinds import Key, ListOf, Scalar, Shape, WordsByKey, Written


class YearKind(StrEnum):
    """The kind of year of an annual indicator."""

    FINANCIAL = "financial"
    ACADEMIC = "academic"
    CALENDAR = "calendar"


class Layout(StrEnum):
    """The layouts of open data."""

    EES = "ees"
    LAIT = "lait"
    PLAIN = "plain"


def _names(example: str) -> ListOf[str]:
    return ListOf(texts.words("a name"), f"a list such as [{example}]", distinct=True)


_PERIOD_LATER = Written(texts.PERIOD.json, texts.PERIOD.example)
_UNIT = Scalar(
    parse_unit,
    {
        "anyOf": [
            {"enum": ["percent", "number", "days", "pounds", "ratio"]},
            {"type": "string", "pattern": "^rate per [1-9][0-9,]*$"},
        ]
    },
    "percent, number, rate per 10000, days, pounds or ratio",
)

# Direction of travel: the whole for an indicator, its threshold alone as the council's default.
COMPARE = Key("compare", texts.choice(Compare), "What the direction of travel compares with.")
THRESHOLD = Key("threshold", texts.MARGIN, "A change up to this counts as Stayed the same: 5%, 2 points or 0.")
DIRECTION_SHAPE = Shape("direction", (COMPARE, THRESHOLD), "{compare: previous, threshold: 5%}")
DEFAULT_DIRECTION_SHAPE = Shape("direction", (THRESHOLD,), "{threshold: 5%}")
TOLERANCE = Key("tolerance", texts.MARGIN, "Amber reaches this far from the target: 5% of it, or 2 points.")

# Targets
TARGET = Key("target", GOAL, "What to reach in the year: a number in the indicator's unit.")
BETWEEN = Key("between", RANGE, "The range to stay in, for better: within, as in [1100, 1300].")
PROFILE_KEY = Key(
    "profile", PROFILE, "What to reach by each period of the year: {Q1: 300, Q2: 650, Q3: 1000, Q4: 1330}."
)
REVISED_TO = Key("to", NUMBER_OR_RANGE, "The new target: a number, or [lower, upper].", required=True)
REVISED_FROM = Key("from", _PERIOD_LATER, "The first period it holds for.", required=True)
REVISED_REASON = Key("reason", texts.words("why"), "Why the target was revised.", required=True)
REVISED_BY = Key("by", texts.words("who"), "Who proposed the revision.")
REVISION_SHAPE = Shape(
    "a revision", (REVISED_TO, REVISED_FROM, REVISED_REASON, REVISED_BY), "{to: 1200, from: 2019-20 Q3, reason: …}"
)
REVISED = Key("revised", ListOf(REVISION_SHAPE, "a list such as [{to: 12, from: 2019-20 Q3, reason: …}]"), "Revisions.")
PROPOSED = Key("proposed", NUMBER_OR_RANGE, "A target not agreed yet: it rates nothing.")
TARGET_REASON = Key("reason", texts.words("why"), "Why this target; a proposed one needs it.")
TARGET_BY = Key("by", texts.words("who"), "Who proposed it.")
SOURCE = Key("source", texts.words("where it is written"), "Where it is written.")
ILLUSTRATIVE = Key("illustrative", texts.FLAG, "true: invented, and marked so in every output.")
TARGET_SHAPE = Shape(
    "a target",
    (TARGET, BETWEEN, PROFILE_KEY, REVISED, PROPOSED, TARGET_REASON, TARGET_BY, SOURCE, ILLUSTRATIVE),
    "14, or {target: 14}",
)

# Settings of rules that read them themselves
RUN = Key("run", texts.whole_kind(3, 30), "How many points in a row make a run or a trend; default 7.")
SCREEN = Key("screen", texts.FLAG, "Leave moving ranges far out of line out of the limits; default true.")
REBASE = Key("rebase", ListOf(_PERIOD_LATER, "a list such as [2017-18 Q1]"), "Periods from which limits start anew.")
BASELINE = Key("baseline", texts.whole_kind(12, 1_000), "Limits are fixed on this many first points, 12 or more.")
SPC_SHAPE = Shape("spc", (RUN, SCREEN, REBASE, BASELINE), "{run: 7}")

BENCHMARK_SHAPE = Shape(
    "a benchmark",
    (
        Key("layout", texts.choice(Layout), "How the file is laid out: ees, lait or plain.", required=True),
        Key("file", texts.words("a file name"), "The file's name; * stands for any characters.", required=True),
        Key("where", WordsByKey("{category: …}"), "The rows wanted: columns with their values."),
        Key("value", texts.words("a column"), "The column with the value."),
        Key("numerator", texts.words("a column"), "The column with the numerator."),
        Key("denominator", texts.words("a column"), "The column with the denominator."),
        Key("available_after", texts.span_kind("month", 120), "When a year's figures usually come out: 8 months."),
    ),
    "{layout: ees, file: …}",
)

# Indicators
SUPPRESS_BELOW = Key(
    "suppress_below", texts.whole_kind(0, 100), "Counts from 1 to below this are not published; 0: none."
)
CODE = Key("code", texts.CODE, "A short code that never changes, as in SAFE-01.", required=True)
TITLE = Key("title", texts.words("a title"), "What it is called.", required=True)
TIER = Key("tier", texts.choice(Tier), "Headline (a key performance indicator) or wider.", required=True)
UNIT = Key("unit", _UNIT, "What it counts in.", required=True)
DECIMALS = Key("decimals", texts.whole_kind(0, 15), "Decimals shown and judged; 1 for percent and rates, else 0.")
BETTER = Key("better", texts.choice(Polarity), "Which way is better; neither is context.", required=True)
FREQUENCY = Key("frequency", texts.choice(Frequency), "How often it is measured.", required=True)
BASIS = Key("basis", texts.choice(Basis), "What span a figure covers.", required=True)
NUMERATOR = Key("numerator", texts.words("what is counted"), "What the numerator counts, as in children on a plan.")
DENOMINATOR = Key("denominator", texts.words("what it is a share of"), "What the denominator counts.")
DEFINITION = Key("definition", texts.words("a sentence"), "What exactly is measured.")
DATA_SOURCE = Key("source", texts.words("a system or publication"), "Where the figures come from.")
DATA_QUALITY = Key("data_quality", texts.words("a sentence"), "What is known about how far they can be trusted.")
OWNER = Key("owner", texts.words("a person or team"), "Who answers for it.")
DIRECTION = Key("direction", DIRECTION_SHAPE, "How the direction of travel is judged.")
BREAK_FROM = Key("from", _PERIOD_LATER, "The first period that can't be compared with earlier ones.", required=True)
BREAK_REASON = Key("reason", texts.words("why"), "What changed.", required=True)
BREAK_SHAPE = Shape("a break", (BREAK_FROM, BREAK_REASON), "{from: 2017-18, reason: new case system}")
BREAKS = Key("breaks", ListOf(BREAK_SHAPE, "a list such as [{from: 2017-18, reason: …}]"), "Breaks in the series.")
TARGETS = Key("targets", TargetsByYear(TARGET_SHAPE, TARGET), "Targets by year: 2018-19: 14.")
SPC = Key("spc", SPC_SHAPE, "How statistical process control treats it.")
BENCHMARK = Key("benchmark", BENCHMARK_SHAPE, "Where comparators' figures come from.")
DUE = Key("due", texts.QUARTER, "The quarter in which an annual figure is due; default Q4.")
YEAR = Key("year", texts.choice(YearKind), "The kind of year of an annual indicator; default financial.")
FROM = Key("from", texts.PERIOD, "The first period in which it counts.")
UNTIL = Key("until", texts.PERIOD, "The last period in which it counts.")
INDICATOR_SHAPE = Shape(
    "an indicator",
    (
        *(CODE, TITLE, TIER, UNIT, DECIMALS, BETTER, FREQUENCY, BASIS, NUMERATOR, DENOMINATOR),
        *(DEFINITION, DATA_SOURCE, DATA_QUALITY, OWNER, TOLERANCE, DIRECTION, SUPPRESS_BELOW, BREAKS, TARGETS),
        *(SPC, BENCHMARK, DUE, YEAR, FROM, UNTIL, ILLUSTRATIVE),
    ),
    "{code: SAFE-01, title: …}",
)

# Actions
MILESTONE_DUE = Key("due", texts.DUE, "When it is due: a date or a financial year.")
MILESTONE_SHAPE = Shape(
    "a milestone", (CODE, TITLE, MILESTONE_DUE, OWNER, SOURCE, ILLUSTRATIVE), "{code: SAFE-A1.1, title: …}"
)
MILESTONES = Key("milestones", ListOf(MILESTONE_SHAPE, "a list of milestones"), "Its steps.")
ACTION_SHAPE = Shape("an action", (CODE, TITLE, OWNER, SOURCE, MILESTONES, ILLUSTRATIVE), "{code: SAFE-A1, title: …}")

# Breakdowns
DIMENSIONS = Key(
    "dimensions",
    ListOf(texts.DIMENSION, "a list such as [source]", distinct=True),
    "The columns of the CSV file that say what is counted.",
    required=True,
)
TOTAL = Key("total", texts.CODE, "The code of the indicator that its counts add up to.")
MULTI_RESPONSE = Key("multi_response", texts.FLAG, "true: one case can count several times, so shares may exceed 100%.")
BREAKDOWN_FREQUENCY = Key(
    "frequency", texts.choice(Frequency), "How often it is counted; default: as its total, else monthly."
)
BREAKDOWN_BASIS = Key("basis", texts.choice(BASES), "What span a count covers; default period.")
SHARES = Key("shares", texts.FLAG, "true: print each count's share of its denominator or of the total.")
BREAKDOWN_COMPARE = Key(
    "compare", texts.choice(COMPARES), "What counts are compared with; default same period last year."
)
AT_LEAST = Key("at_least", texts.whole_kind(1, 99_999), "Rows below this are not listed, only added up.")
MARK_CHANGE = Key("mark_change", texts.PERCENT, "Changes of more than this are marked: 20%.")
PERCENT_DECIMALS = Key("decimals", texts.whole_kind(0, 6), "Decimals of its percentages; default 0.")
PUBLISHED = Key(
    "published", texts.choice(Published), "What as_published of a row is: the change or the share that was printed."
)
CATEGORY_INDICATORS = Key(
    "indicators",
    WordsByKey("{Neglect: GUARD-37}"),
    "The indicators whose figures are counts or shares of one category, so that they give no small number away.",
)
BREAKDOWN_SHAPE = Shape(
    "a breakdown",
    (
        *(CODE, TITLE, DIMENSIONS, TOTAL, MULTI_RESPONSE, BREAKDOWN_FREQUENCY, BREAKDOWN_BASIS, SHARES),
        *(BREAKDOWN_COMPARE, AT_LEAST, MARK_CHANGE, PERCENT_DECIMALS, PUBLISHED, DEFINITION, DATA_SOURCE, OWNER),
        *(SUPPRESS_BELOW, CATEGORY_INDICATORS, ILLUSTRATIVE),
    ),
    "{code: CON-SRC, title: …, dimensions: [source]}",
)

# Plans
PLAN = Key("plan", texts.words("a title"), "The plan's title.", required=True)
THEME = Key("theme", texts.words("a theme"), "The theme it belongs to.")
LEAD_MEMBER = Key("lead_member", texts.words("a councillor's office"), "The cabinet member who leads on it.")
COMMITTEES = Key("committees", _names("Overview and Scrutiny"), "The committees that see its reports.")
INDICATORS = Key("indicators", ListOf(INDICATOR_SHAPE, "a list of indicators"), "Its indicators.", required=True)
BREAKDOWNS = Key("breakdowns", ListOf(BREAKDOWN_SHAPE, "a list of breakdowns"), "Tables by some dimension.")
ACTIONS = Key("actions", ListOf(ACTION_SHAPE, "a list of actions"), "Its action plan.")
PLAN_SHAPE = Shape(
    "a plan file",
    (
        *(PLAN, CODE, THEME, OWNER, LEAD_MEMBER, COMMITTEES, FROM, UNTIL, ILLUSTRATIVE),
        *(INDICATORS, BREAKDOWNS, ACTIONS),
    ),
    "plan, code and indicators",
)

# Council
COUNCIL = Key("council", texts.words("a name"), "The council's name.", required=True)
AREA = Key(
    "area",
    Scalar(texts.area, {"type": "string", "pattern": "^[A-Z][0-9]{8}$"}, "E06000050"),
    "Its ONS code.",
    required=True,
)
DFE_CODE = Key(
    "dfe_code",
    Scalar(texts.dfe_code, {"type": ["integer", "string"], "pattern": "^[0-9]{3}$"}, "896"),
    "The Department for Education's number for it.",
)
REGION = Key("region", texts.words("a region"), "Its region.", required=True)
COMPARATORS = Key(
    "comparators", _names("England, North West"), "Whom it is compared with, in the order shown.", required=True
)
NEIGHBOURS = Key(
    "neighbours",
    Shape(
        "neighbours",
        (
            Key("release", texts.words("a year"), "The release of the list of statistical neighbours."),
            Key("average", texts.choice(Average), "How their figures are averaged."),
        ),
        '{release: "2021", average: mean}',
    ),
    "The statistical neighbours.",
)
REPORTING_PERIOD = Key("reporting_period", texts.REPORTING_PERIOD, "The quarter or month that opens first.")
FIGURES_DUE = Key("figures_due", texts.span_kind("day", 366), "When figures are due after the period's end: 15 days.")
CALENDAR = Key("calendar", Shape("calendar", (FIGURES_DUE,), "{figures_due: 15 days}"), "When figures are due.")
DEFAULT_DIRECTION = Key("direction", DEFAULT_DIRECTION_SHAPE, "The default threshold of the direction of travel.")
DEFAULTS = Key(
    "defaults",
    Shape("defaults", (TOLERANCE, DEFAULT_DIRECTION, SUPPRESS_BELOW), "{tolerance: 5%}"),
    "What holds where an indicator says nothing.",
)
_PEOPLE = _names("ann.example")
OFFICERS = Key("officers", _PEOPLE, "Accounts that may change what is recorded; empty: any that may look.")
VIEWERS = Key("viewers", _PEOPLE, "Accounts that may look, beside officers and approvers; empty: any.")
ROLES = Key(
    "roles",
    Shape(
        "roles",
        (
            OFFICERS,
            Key("approvers", _PEOPLE, "Accounts that may sign off and reopen; empty: any that may look."),
            VIEWERS,
        ),
        "{officers: []}",
    ),
    "Who may do what, by the name of the account.",
)
BACKUPS = Key(
    "backups",
    Shape(
        "backups",
        (
            Key("keep", texts.whole_kind(1, 9_999), "How many of the newest backups stay; default 30."),
            Key("on_leaving", texts.FLAG, "false: no backup on leaving the screens after changes; default true."),
        ),
        "{keep: 30}",
    ),
    "Which backups are made and kept.",
)
SIGN_OFF = Key(
    "sign_off",
    Shape(
        "sign_off",
        (
            Key(
                "another_person",
                texts.FLAG,
                "Whether another person than those who entered the figures must sign off: true unless said otherwise.",
            ),
        ),
        "{another_person: true}",
    ),
    "Who may sign off a period.",
)
COUNCIL_SHAPE = Shape(
    "council.yaml",
    (
        *(COUNCIL, AREA, DFE_CODE, REGION, COMPARATORS, NEIGHBOURS),
        *(REPORTING_PERIOD, CALENDAR, DEFAULTS, ROLES, BACKUPS, SIGN_OFF),
    ),
    "council, area, region and comparators",
)
