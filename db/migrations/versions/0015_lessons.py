"""Exchanges: what was learnt from them, and whom that helped"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exchange_lessons",
        sa.Column("exchange_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("worked", sa.String(1000), nullable=True),
        sa.Column("otherwise", sa.String(1000), nullable=True),
        sa.Column("who", sa.String(500), nullable=True),
        sa.Column("topics", sa.String(500), nullable=True),
        sa.Column("ask", sa.String(200), nullable=True),
        sa.Column("evidence", sa.String(1000), nullable=True),
        sa.Column("scope", sa.String(32), nullable=True),
        sa.Column("noted_on", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_exchange_lessons_exchange_id_exchanges"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("exchange_id", "position", name=op.f("pk_exchange_lessons")),
    )
    op.create_index(op.f("ix_exchange_lessons_key"), "exchange_lessons", ["key"])
    op.create_table(
        "lesson_uses",
        sa.Column("lesson", sa.String(40), nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_lesson_uses_office_id_offices"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lesson", "office_id", "user_id", name=op.f("pk_lesson_uses")),
    )


def downgrade() -> None:
    op.drop_table("lesson_uses")
    op.drop_table("exchange_lessons")
