"""Offices: how often they expect an exchange, what weighs how much, and when they are told of quiet ties"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table, word, number in (
        ("office_cadences", "kind", "months"),
        ("office_weights", "aspect", "weight"),
    ):
        op.create_table(
            table,
            sa.Column("office_id", KEY, nullable=False),
            sa.Column(word, sa.String(32), nullable=False),
            sa.Column(number, sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["office_id"], ["offices.id"], name=op.f(f"fk_{table}_office_id_offices"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("office_id", word, name=op.f(f"pk_{table}")),
        )
    with op.batch_alter_table("offices") as offices:
        offices.add_column(sa.Column("list_day", sa.String(32), nullable=False, server_default="monday"))
        offices.add_column(sa.Column("list_hour", sa.Integer(), nullable=False, server_default="9"))
    with op.batch_alter_table("offices") as offices:
        offices.alter_column("list_day", server_default=None)
        offices.alter_column("list_hour", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("offices") as offices:
        offices.drop_column("list_hour")
        offices.drop_column("list_day")
    op.drop_table("office_weights")
    op.drop_table("office_cadences")
