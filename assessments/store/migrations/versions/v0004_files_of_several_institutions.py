"""One file may hold the answers of several institutions, as exports of KoboToolbox and ODK do."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STANDING = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.drop_index("uq_submission_standing_workbook", "submission")
    _unique("uq_submission_standing_file", ["assessment_id", "institution", "workbook_sha256"])


def downgrade() -> None:
    op.drop_index("uq_submission_standing_file", "submission")
    _unique("uq_submission_standing_workbook", ["assessment_id", "workbook_sha256"])


def _unique(name: str, columns: list[str]) -> None:
    op.create_index(
        name, "submission", columns, unique=True, sqlite_where=STANDING, postgresql_where=STANDING
    )
