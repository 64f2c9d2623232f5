"""Run by Alembic, inside the transaction `coach.store.migrate.migrate` has begun."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    include_name=lambda name, kind, _parents: kind != "table" or not str(name).startswith("procrastinate_"),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
