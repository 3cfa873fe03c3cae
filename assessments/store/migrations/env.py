"""Runs the migrations on the connection that `assessments.store.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import assessments.store.models  # noqa: F401  (registers the tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite changes a table only by copying it
    transactional_ddl=True,
)
context.run_migrations()
