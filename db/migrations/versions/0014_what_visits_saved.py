"""Offices: whether and by which factors it is told what virtual visits saved"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offices", sa.Column("savings", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("offices", "savings")
