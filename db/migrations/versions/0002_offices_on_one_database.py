"""Offices on one database: standings, roles, groups, invitations, undo, processes"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def office_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("rest_day_rule", sa.String(32), nullable=False, server_default="same_day"),
        sa.Column("standing", sa.String(32), nullable=False, server_default="member"),
        sa.Column("everyone", sa.String(32), nullable=False, server_default="logger"),
        sa.Column("notify_role_id", sa.BigInteger(), nullable=True),
        sa.Column("asleep_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ]


def upgrade() -> None:
    # Columns are added one by one: SQLite would otherwise copy the table, and dropping the old one would take
    # the channels of every office along.
    for column in office_columns():
        op.add_column("offices", column)
    op.add_column("audit_entries", sa.Column("undoes", KEY, nullable=True))
    op.create_index(op.f("ix_audit_entries_undoes"), "audit_entries", ["undoes"], unique=True)
    op.create_index(op.f("ix_audit_entries_office_id_id"), "audit_entries", ["office_id", "id"])
    op.create_index(op.f("ix_audit_entries_user_id_id"), "audit_entries", ["user_id", "id"])
    op.create_table(
        "office_roles",
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_roles_office_id_offices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", "role_id", name=op.f("pk_office_roles")),
    )
    op.create_table(
        "office_invitations",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_office_invitations_place_id_places")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_office_invitations")),
    )
    op.create_table(
        "office_groups",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_groups")),
        sa.UniqueConstraint("key", name=op.f("uq_office_groups_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_members",
        sa.Column("group_id", KEY, nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["office_groups.id"],
            name=op.f("fk_group_members_group_id_office_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_group_members_office_id_offices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "office_id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_office_id"), "group_members", ["office_id"])
    op.create_table(
        "workers",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("shards", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_pass_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.Column("last_error_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_workers")),
    )
    op.create_table(
        "shards",
        sa.Column("shard_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shard_count", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shard_id", name=op.f("pk_shards")),
    )
    op.create_table(
        "watermarks",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watermarks")),
    )
    watermarks = sa.table("watermarks", sa.column("name", sa.String), sa.column("version", sa.Integer))
    names = ("places", "groups", "offices")
    op.bulk_insert(watermarks, [{"name": name, "version": 1} for name in names])


def downgrade() -> None:
    for table in (
        "watermarks", "shards", "workers", "group_members", "office_groups", "office_invitations",
        "office_roles",
    ):  # fmt: skip
        op.drop_table(table)
    for index in ("undoes", "office_id_id", "user_id_id"):
        op.drop_index(op.f(f"ix_audit_entries_{index}"), "audit_entries")
    op.drop_column("audit_entries", "undoes")
    for column in office_columns():
        op.drop_column("offices", column.name)
