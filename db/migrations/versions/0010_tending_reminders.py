"""Reminders: lead times of an office, who looks after an occasion, ties that are muted, posts that were put off"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("offices") as offices:
        offices.add_column(
            sa.Column("milestone_leads", sa.String(80), nullable=False, server_default="180,90,30,7,0")
        )
        offices.add_column(sa.Column("other_leads", sa.String(80), nullable=False, server_default="30,7,0"))
    with op.batch_alter_table("reminders") as reminders:
        reminders.add_column(sa.Column("told_as_lead", sa.Integer(), nullable=True))
    op.create_table(
        "occasions",
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("occurrence", sa.Date(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_occasions_office_id_offices"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("office_id", "kind", "subject", "occurrence", name=op.f("pk_occasions")),
    )
    op.create_table(
        "muted_ties",
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_muted_ties_office_id_offices"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_muted_ties_place_id_places")),
        sa.PrimaryKeyConstraint("office_id", "place_id", name=op.f("pk_muted_ties")),
    )


def downgrade() -> None:
    op.drop_table("muted_ties")
    op.drop_table("occasions")
    with op.batch_alter_table("reminders") as reminders:
        reminders.drop_column("told_as_lead")
    with op.batch_alter_table("offices") as offices:
        offices.drop_column("other_leads")
        offices.drop_column("milestone_leads")
