"""The first schema: one append-only table a fact.

Plain SQL, and on its own: what this revision makes must never change with the program. There is no way down:
a migration is preceded by a backup.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STAMP = "who TEXT NOT NULL, at TEXT NOT NULL, known TEXT NOT NULL, why TEXT NOT NULL"


def number(column: str) -> str:
    """Digits, at most one point inside them, a minus only in front: text functions that both engines have."""
    return (
        f"ltrim({column}, '-0123456789.') = '' AND ltrim({column}, '-.') <> '' AND substr({column}, 2) NOT LIKE '%-%'"
        f" AND {column} NOT LIKE '%.%.%' AND {column} NOT LIKE '.%'"
        f" AND {column} NOT LIKE '-.%' AND {column} NOT LIKE '%.'"
    )


def day(column: str) -> str:
    """An ISO date."""
    return f"{column} LIKE '____-__-__' AND ltrim({column}, '0123456789-') = ''"


# Table: its columns, its key before the version, its own checks.
TABLES = {
    "figure": (
        (
            "indicator TEXT NOT NULL, period TEXT NOT NULL, version INTEGER NOT NULL, "
            "value TEXT, numerator TEXT, denominator TEXT, status TEXT NOT NULL, note TEXT NOT NULL, "
            "illustrative INTEGER NOT NULL, as_published TEXT NOT NULL, published_rag TEXT NOT NULL, "
            "published_direction TEXT NOT NULL, source TEXT NOT NULL"
        ),
        "indicator, period",
        {
            "status": (
                "status IN ('final', 'provisional', 'not returned', 'not available', 'suppressed', 'not applicable')"
            ),
            "illustrative": "illustrative IN (0, 1)",
            "value": number("value"),
            "numerator": number("numerator"),
            "denominator": f"{number('denominator')} AND CAST(denominator AS NUMERIC) > 0",
        },
    ),
    "benchmark": (
        (
            "indicator TEXT NOT NULL, comparator TEXT NOT NULL, period TEXT NOT NULL, version INTEGER NOT NULL, "
            "value TEXT NOT NULL, numerator TEXT, denominator TEXT, source TEXT NOT NULL, release TEXT NOT NULL, "
            "released TEXT, method TEXT NOT NULL"
        ),
        "indicator, comparator, period",
        {
            "value": number("value"),
            "numerator": number("numerator"),
            "denominator": f"{number('denominator')} AND CAST(denominator AS NUMERIC) > 0",
            "released": day("released"),
        },
    ),
    "milestone_report": (
        (
            "milestone TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL, day TEXT NOT NULL, "
            "new_due TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL"
        ),
        "milestone",
        {"status": "status IN ('not started', 'on track', 'delivered', 'delayed', 're-phased', 'cancelled')"},
    ),
    "commentary": (
        (
            "subject TEXT NOT NULL, period TEXT NOT NULL, section TEXT NOT NULL, version INTEGER NOT NULL, "
            "author TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL"
        ),
        "subject, period, section",
        {},
    ),
    "published_line": (
        (
            "plan TEXT NOT NULL, period TEXT NOT NULL, measure TEXT NOT NULL, version INTEGER NOT NULL, "
            "text TEXT NOT NULL, source TEXT NOT NULL"
        ),
        "plan, period, measure",
        {},
    ),
    "definition": (
        (
            "kind TEXT NOT NULL, code TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, "
            "archived INTEGER NOT NULL"
        ),
        "kind, code",
        {"kind": "kind IN ('council', 'plan', 'indicator', 'action')", "archived": "archived IN (0, 1)"},
    ),
    "target": (
        (
            "indicator TEXT NOT NULL, year TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, "
            "withdrawn INTEGER NOT NULL, reason TEXT NOT NULL"
        ),
        "indicator, year",
        {"withdrawn": "withdrawn IN (0, 1)"},
    ),
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"
        )
    for name, (columns, key, own) in TABLES.items():
        every = {
            "version": "version BETWEEN 1 AND 999999999",  # SQLite ranks text above any number
            "known": day("known"),
            "at": "at LIKE '____-__-__T__:__:__.______+00:00'",
            **own,
        }
        checks = ", ".join(f"CONSTRAINT {name}_{what} CHECK ({rule})" for what, rule in every.items())
        rows = " WITHOUT ROWID" if sqlite else ""
        op.execute(f"CREATE TABLE {name} ({STAMP}, {columns}, PRIMARY KEY ({key}, version), {checks}){rows}")
        append_only(name, sqlite=sqlite)


def append_only(table: str, *, sqlite: bool) -> None:
    """Refuse whatever would change or remove a row."""
    if not sqlite:
        for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{each.lower()}_change BEFORE {when} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
