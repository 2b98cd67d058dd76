"""Exchanges: minutes, what was decided, and what the other offices say of the record; no more the id of an event"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _create_parts(name: str, *columns: sa.Column[object]) -> None:
    """A table of parts of exchanges, in order."""
    op.create_table(
        name,
        sa.Column("exchange_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f(f"fk_{name}_exchange_id_exchanges"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("exchange_id", "position", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    # Not as a batch: SQLite would make the table anew, and dropping the old one would take the parts along.
    op.add_column("exchanges", sa.Column("proceedings", sa.Text(), nullable=True))
    op.drop_column("exchanges", "event_id")
    _create_parts(
        "exchange_decisions",
        sa.Column("what", sa.String(500), nullable=False),
        sa.Column("owner", sa.String(200), nullable=True),
        sa.Column("due", sa.String(10), nullable=True),
    )
    _create_parts(
        "exchange_responses",
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(32), nullable=False),
        sa.Column("said_on", sa.String(10), nullable=False),
        sa.Column("what", sa.String(1000), nullable=True),
        sa.Column("changed_on", sa.String(10), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("exchange_responses")
    op.drop_table("exchange_decisions")
    op.add_column("exchanges", sa.Column("event_id", sa.BigInteger(), nullable=True))
    op.drop_column("exchanges", "proceedings")
