"""Entry point that Alembic runs; the open connection comes from :mod:`congvan.store.engine`."""

from alembic import context

from congvan.store.engine import VERSION_TABLE
from congvan.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
