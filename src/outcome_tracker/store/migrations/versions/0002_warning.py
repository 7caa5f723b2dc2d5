"""What looked odd about a figure is kept with its version; those that were there before have none."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE figure ADD COLUMN warning TEXT DEFAULT '' NOT NULL")
