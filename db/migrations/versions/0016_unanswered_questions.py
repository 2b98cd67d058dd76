"""Questions that were not understood, and whether an office keeps them"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("offices") as offices:
        offices.add_column(
            sa.Column("keeps_questions", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    op.create_table(
        "unanswered_questions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("folded", sa.String(300), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("reading", sa.String(40), nullable=False),
        sa.Column("words", sa.String(120), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_out_of_scope", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_unanswered_questions_office_id_offices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_questions")),
        sa.UniqueConstraint("office_id", "folded", name=op.f("uq_unanswered_questions_office_id_folded")),
    )


def downgrade() -> None:
    op.drop_table("unanswered_questions")
    with op.batch_alter_table("offices") as offices:
        offices.drop_column("keeps_questions")
