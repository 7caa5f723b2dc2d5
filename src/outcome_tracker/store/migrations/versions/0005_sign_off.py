"""Sign-off: the steps of a plan's period, and what was sealed when it was signed off."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHECKS = {
    "version": "version BETWEEN 1 AND 999999999",
    "known": "known LIKE '____-__-__' AND ltrim(known, '0123456789-') = ''",
    "at": "at LIKE '____-__-__T__:__:__.______+00:00'",
    "action": "action IN ('submitted', 'signed', 'reopened')",
    "seal": (
        "(action = 'signed' AND length(seal) = 64 AND sealed <> '') OR (action <> 'signed' AND seal || sealed = '')"
    ),
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    rules = ", ".join(f"CONSTRAINT sign_off_{what} CHECK ({rule})" for what, rule in CHECKS.items())
    op.execute(
        "CREATE TABLE sign_off (who TEXT NOT NULL, at TEXT NOT NULL, known TEXT NOT NULL, why TEXT NOT NULL, "
        "plan TEXT NOT NULL, period TEXT NOT NULL, version INTEGER NOT NULL, action TEXT NOT NULL, "
        "seal TEXT NOT NULL, line TEXT NOT NULL, sealed TEXT NOT NULL, "
        f"PRIMARY KEY (plan, period, version), {rules}){' WITHOUT ROWID' if sqlite else ''}"
    )
    append_only("sign_off", sqlite=sqlite)


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
