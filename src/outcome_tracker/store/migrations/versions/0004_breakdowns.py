"""Figures of breakdowns: one a cell, whose categories are a JSON list in the order of the dimensions."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHECKS = {
    "version": "version BETWEEN 1 AND 999999999",
    "known": "known LIKE '____-__-__' AND ltrim(known, '0123456789-') = ''",
    "at": "at LIKE '____-__-__T__:__:__.______+00:00'",
    "categories": "categories LIKE '[\"%\"]'",
    "count": "ltrim(count, '0123456789') = '' AND count <> ''",
    "denominator": ("ltrim(denominator, '0123456789') = '' AND denominator <> '' AND CAST(denominator AS NUMERIC) > 0"),
    "status": "status IN ('final', 'provisional', 'not returned', 'not available', 'suppressed', 'not applicable')",
    "illustrative": "illustrative IN (0, 1)",
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    rules = ", ".join(f"CONSTRAINT breakdown_figure_{what} CHECK ({rule})" for what, rule in CHECKS.items())
    op.execute(
        "CREATE TABLE breakdown_figure (who TEXT NOT NULL, at TEXT NOT NULL, known TEXT NOT NULL, why TEXT NOT NULL, "
        "breakdown TEXT NOT NULL, period TEXT NOT NULL, categories TEXT NOT NULL, version INTEGER NOT NULL, "
        "count TEXT, denominator TEXT, status TEXT NOT NULL, note TEXT NOT NULL, illustrative INTEGER NOT NULL, "
        "as_published TEXT NOT NULL, source TEXT NOT NULL, "
        f"PRIMARY KEY (breakdown, period, categories, version), {rules}){' WITHOUT ROWID' if sqlite else ''}"
    )
    append_only("breakdown_figure", sqlite=sqlite)


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
