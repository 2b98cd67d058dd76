"""Decisions of exchanges: the day on which one was carried out"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exchange_decisions", sa.Column("done", sa.String(10), nullable=True))


def downgrade() -> None:
    op.drop_column("exchange_decisions", "done")
