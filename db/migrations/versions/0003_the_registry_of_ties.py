"""The registry: particulars and parts of acts; contacts"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def particulars() -> list[sa.Column[object]]:
    return [
        sa.Column("initiator", sa.String(32), nullable=True),
        sa.Column("initiator_party", sa.Integer(), nullable=True),
        sa.Column("civil_since", sa.String(10), nullable=True),
        sa.Column("lead_association", sa.String(200), nullable=True),
        sa.Column("council_liaison", sa.String(200), nullable=True),
        sa.Column("owner", sa.String(200), nullable=True),
        sa.Column("sustain_plan", sa.Text(), nullable=True),
        sa.Column("languages", sa.String(80), nullable=True),
        sa.Column("document_url", sa.Text(), nullable=True),
        sa.Column("document_name", sa.String(200), nullable=True),
        sa.Column("review_on", sa.String(10), nullable=True),
        sa.Column("expires_on", sa.String(10), nullable=True),
    ]


def status_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("until", sa.String(10), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
    ]


def text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=not needed)


def parts() -> dict[str, list[sa.Column[object]]]:
    """The columns of each table of parts, beside the act's number and the position."""
    return {
        "signed_names": [
            sa.Column("party", sa.Integer(), nullable=False),
            text("language", 20, needed=True),
            text("name", 200, needed=True),
        ],
        "signatories": [
            sa.Column("party", sa.Integer(), nullable=False),
            text("name", 200, needed=True),
            text("name_zh", 200),
            text("post", 200),
        ],
        "clauses": [text("tag", 32, needed=True), text("text")],
        "commitments": [
            text("what", needed=True),
            text("owner", 200),
            text("due", 10),
            text("done", 10),
            text("evidence"),
        ],
        "stages": [text("stage", 32, needed=True), text("since", 10), text("reason"), text("by_whom", 200)],
        "pilots": [
            text("title", 200, needed=True),
            text("since", 10),
            text("until", 10),
            text("owner", 200),
            text("result"),
        ],
        "steps": [text("step", 40, needed=True), text("done", 10), text("note")],
        "claims": [
            text("fact", 32, needed=True),
            text("value", 200, needed=True),
            text("source", needed=True),
            text("as_of", 10),
            sa.Column("preferred", sa.Boolean(), nullable=False),
            text("note"),
        ],
    }


def contacts() -> None:
    numbers = sa.table("record_numbers", sa.column("name", sa.String), sa.column("last", sa.Integer))
    op.create_table(
        "contacts",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        text("role", 32, needed=True),
        text("name", 200),
        text("name_zh", 200),
        text("post", 200),
        text("post_zh", 200),
        sa.Column("place_id", KEY, nullable=False),
        text("organisation", 200),
        text("since", 10),
        text("until", 10),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", KEY, nullable=True),
        text("email", 200),
        text("phone", 80),
        text("note"),
        text("programme", 200),
        text("programme_year", 10),
        text("consent", 10),
        text("confirmed_on", 10),
        text("scope", 32, needed=True),
        sa.Column("office_id", KEY, nullable=True),
        text("request_id", 40),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_contacts_office_id_offices")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_contacts_place_id_places")),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["contacts.id"], name=op.f("fk_contacts_replaced_by_contacts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("request_id", name=op.f("uq_contacts_request_id")),
    )
    for column in ("place_id", "office_id", "replaced_by"):
        op.create_index(op.f(f"ix_contacts_{column}"), "contacts", [column])
    op.create_table(
        "contact_sources",
        sa.Column("contact_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        text("text", needed=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_contact_sources_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", "position", name=op.f("pk_contact_sources")),
    )
    op.bulk_insert(numbers, [{"name": "contacts", "last": 0}])


def upgrade() -> None:
    contacts()
    op.add_column("places", text("counts"))
    for column in particulars():
        op.add_column("partnerships", column)
    op.add_column("partnerships", text("request_id", 40))
    op.create_index(op.f("ix_partnerships_request_id"), "partnerships", ["request_id"], unique=True)
    for column in status_columns():
        op.add_column("partnership_statuses", column)
    for name, columns in parts().items():
        table = f"partnership_{name}"
        op.create_table(
            table,
            sa.Column("partnership_id", KEY, nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["partnership_id"],
                ["partnerships.id"],
                name=op.f(f"fk_{table}_partnership_id_partnerships"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("partnership_id", "position", name=op.f(f"pk_{table}")),
        )
    op.create_table(
        "place_profiles",
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        text("side", 32, needed=True),
        text("topic", 40, needed=True),
        text("source", needed=True),
        text("note"),
        text("as_of", 10),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_place_profiles_place_id_places"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", "position", name=op.f("pk_place_profiles")),
    )
    op.create_index(op.f("ix_place_profiles_topic"), "place_profiles", ["topic"])


def downgrade() -> None:
    op.execute("DELETE FROM record_numbers WHERE name = 'contacts'")
    op.drop_table("contact_sources")
    op.drop_table("contacts")
    op.drop_table("place_profiles")
    op.drop_column("places", "counts")
    for name in reversed(parts()):
        op.drop_table(f"partnership_{name}")
    op.drop_index(op.f("ix_partnerships_request_id"), "partnerships")
    op.drop_column("partnerships", "request_id")
    for table, columns in (("partnership_statuses", status_columns()), ("partnerships", particulars())):
        for column in reversed(columns):
            op.drop_column(table, column.name)
