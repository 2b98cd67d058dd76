"""Offices: steps of their own on the way to an agreement"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_steps",
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        *(
            sa.Column(name, sa.String(300), nullable=False)
            for name in ("text_en", "text_zh", "warning_en", "warning_zh")
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_office_steps_office_id_offices"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("office_id", "position", name=op.f("pk_office_steps")),
    )


def downgrade() -> None:
    op.drop_table("office_steps")
