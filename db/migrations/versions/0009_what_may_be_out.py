"""The outbox: since when a post may be out, and how often"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reminders") as reminders:
        reminders.add_column(sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
        reminders.add_column(sa.Column("copies", sa.Integer(), nullable=False, server_default="0"))
    # Of what is on its way, or was tried in vain, nothing is known.
    op.execute(
        "UPDATE reminders SET copies = 1 WHERE attempts > 0 AND state IN ('claimed', 'pending', 'blocked')"
    )


def downgrade() -> None:
    with op.batch_alter_table("reminders") as reminders:
        reminders.drop_column("copies")
        reminders.drop_column("begun_at")
