"""What workbooks cite is registered: one document, many answers, each with its provision."""

import sqlalchemy as sa
from alembic import op

from assessments.store.citation import document_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answer_evidence") as table:
        table.add_column(sa.Column("provision", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("origin", sa.String(), nullable=False, server_default="officer"))
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("document", sa.String(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("seen_origin", sa.String(), nullable=False, server_default="officer")
        )
    _one_row_a_document()
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint("uq_evidence", type_="unique")
        table.create_unique_constraint("uq_evidence_document", ["assessment_id", "document"])
        table.drop_column("provision")


def downgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("provision", sa.String(), nullable=False, server_default=""))
        table.drop_constraint("uq_evidence_document", type_="unique")
        table.create_unique_constraint(
            "uq_evidence", ["assessment_id", "title", "reference", "provision"]
        )
        table.drop_column("document")
        table.drop_column("seen_origin")
    with op.batch_alter_table("answer_evidence") as table:
        table.drop_column("provision")
        table.drop_column("origin")


def _one_row_a_document() -> None:
    """Rows that differed only in provision become one; the provision goes to the links."""
    bind = op.get_bind()
    kept: dict[tuple[int, str], int] = {}
    rows = bind.execute(
        sa.text("SELECT id, assessment_id, title, reference, provision FROM evidence ORDER BY id")
    ).all()
    for row in rows:
        key = document_key(row.title, row.reference)
        first = kept.setdefault((row.assessment_id, key), row.id)
        values = {"own": row.id, "first": first, "key": key, "provision": row.provision}
        bind.execute(
            sa.text("UPDATE answer_evidence SET provision = :provision WHERE evidence_id = :own"),
            values,
        )
        if first == row.id:
            bind.execute(sa.text("UPDATE evidence SET document = :key WHERE id = :own"), values)
            continue
        bind.execute(
            sa.text(
                "UPDATE answer_evidence SET evidence_id = :first WHERE evidence_id = :own AND "
                "answer NOT IN (SELECT answer FROM answer_evidence WHERE evidence_id = :first)"
            ),
            values,
        )
        bind.execute(sa.text("DELETE FROM answer_evidence WHERE evidence_id = :own"), values)
        bind.execute(sa.text("DELETE FROM evidence WHERE id = :own"), values)
