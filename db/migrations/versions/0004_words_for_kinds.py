"""Offices: their own words for kinds of ties"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_kind_rules",
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text_en", sa.String(300), nullable=False),
        sa.Column("text_zh", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_kind_rules_office_id_offices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", "kind", name=op.f("pk_office_kind_rules")),
    )


def downgrade() -> None:
    op.drop_table("office_kind_rules")
