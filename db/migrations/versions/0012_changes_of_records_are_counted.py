"""A watermark that counts changes of records"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WATERMARKS = sa.table("watermarks", sa.column("name", sa.String), sa.column("version", sa.Integer))


def upgrade() -> None:
    op.bulk_insert(WATERMARKS, [{"name": "records", "version": 1}])


def downgrade() -> None:
    op.execute(WATERMARKS.delete().where(WATERMARKS.c.name == "records"))
