"""A watermark that counts changes of offices and groups"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WATERMARKS = sa.table("watermarks", sa.column("name", sa.String), sa.column("version", sa.Integer))


def upgrade() -> None:
    op.bulk_insert(WATERMARKS, [{"name": "named_offices", "version": 1}])


def downgrade() -> None:
    op.execute(WATERMARKS.delete().where(WATERMARKS.c.name == "named_offices"))
