"""Pressure notes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pressure_notes",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("act", KEY, nullable=True),
        sa.Column("trigger", sa.String(200), nullable=True),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.Column("scope", sa.String(32), nullable=False),
        sa.Column("office_id", KEY, nullable=True),
        sa.Column("request_id", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_pressure_notes_office_id_offices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pressure_notes")),
        sa.UniqueConstraint("request_id", name=op.f("uq_pressure_notes_request_id")),
    )
    op.create_index(op.f("ix_pressure_notes_office_id"), "pressure_notes", ["office_id"])
    op.create_table(
        "pressure_places",
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        _of_note("pressure_places"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_pressure_places_place_id_places")),
        sa.PrimaryKeyConstraint("note_id", "position", name=op.f("pk_pressure_places")),
        sa.UniqueConstraint("note_id", "place_id", name=op.f("uq_pressure_places_note_id_place_id")),
    )
    op.create_index(op.f("ix_pressure_places_place_id"), "pressure_places", ["place_id"])
    op.create_table(
        "pressure_sources",
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _of_note("pressure_sources"),
        sa.PrimaryKeyConstraint("note_id", "position", name=op.f("pk_pressure_sources")),
    )
    numbers = sa.table("record_numbers", sa.column("name", sa.String), sa.column("last", sa.Integer))
    op.bulk_insert(numbers, [{"name": "pressure_notes", "last": 0}])


def _of_note(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["note_id"],
        ["pressure_notes.id"],
        name=op.f(f"fk_{table}_note_id_pressure_notes"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.execute("DELETE FROM record_numbers WHERE name = 'pressure_notes'")
    for table in ("pressure_sources", "pressure_places", "pressure_notes"):
        op.drop_table(table)
