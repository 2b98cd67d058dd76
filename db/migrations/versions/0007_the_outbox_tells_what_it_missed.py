"""The outbox: in which list a missed post is told of"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("reminders") as reminders:
        reminders.add_column(sa.Column("told_in", KEY, nullable=True))
    # What was missed before there were lists is old news.
    op.execute("UPDATE reminders SET told_in = id WHERE state IN ('expired', 'failed')")


def downgrade() -> None:
    with op.batch_alter_table("reminders") as reminders:
        reminders.drop_column("told_in")
