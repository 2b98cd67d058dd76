"""Exchanges: what belongs to each kind, topics, attendees, attachments"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name: str, length: int, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=not needed)


def number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=True)


def particulars() -> list[sa.Column[object]]:
    return [
        sa.Column("home_places", sa.Integer(), nullable=False, server_default="1"),
        number("minutes"),
        text("platform", 80),
        text("recording_url", 1000),
        text("venue", 200),
        text("event", 200),
        text("series", 200),
        text("co_hosts", 500),
        text("teams", 500),
        text("result", 500),
        text("direction", 32),
        number("footfall"),
        text("item", 200),
        text("quantity", 80),
        text("thanked_on", 10),
        text("school", 200),
        text("study_programme", 200),
        number("pupils"),
        text("conference_role", 200),
        text("cancel_reason", 500),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
    ]


def parts() -> dict[str, list[sa.Column[object]]]:
    """The columns of each table of parts, beside the number of the exchange and the position."""
    return {
        "topics": [text("text", 40, needed=True)],
        "attendees": [
            sa.Column("party", sa.Integer(), nullable=False),
            text("role", 32, needed=True),
            text("name", 200, needed=True),
            text("name_zh", 200),
            text("post", 200),
        ],
        "attachments": [text("url", 1000, needed=True), text("name", 200), number("size")],
    }


def upgrade() -> None:
    for column in particulars():
        op.add_column("exchanges", column)
    # The key is named within the column: to add it apart, SQLite would have the table made anew, and dropping the
    # old one would take the places of all exchanges along.
    op.execute(
        f"ALTER TABLE exchanges ADD COLUMN paired_with {KEY.compile(op.get_bind().dialect)}"
        " CONSTRAINT fk_exchanges_paired_with_exchanges REFERENCES exchanges (id)"
    )
    op.create_index(op.f("ix_exchanges_paired_with"), "exchanges", ["paired_with"])
    for name, columns in parts().items():
        table = f"exchange_{name}"
        op.create_table(
            table,
            sa.Column("exchange_id", KEY, nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["exchange_id"],
                ["exchanges.id"],
                name=op.f(f"fk_{table}_exchange_id_exchanges"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("exchange_id", "position", name=op.f(f"pk_{table}")),
        )
    op.create_index(op.f("ix_exchange_topics_text"), "exchange_topics", ["text"])


def downgrade() -> None:
    for name in reversed(parts()):
        op.drop_table(f"exchange_{name}")
    op.drop_index(op.f("ix_exchanges_paired_with"), "exchanges")
    op.drop_column("exchanges", "paired_with")
    for column in reversed(particulars()):
        op.drop_column("exchanges", column.name)
