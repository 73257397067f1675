"""How the schema came to be, step by step (Alembic); run by `corpus.database` when a corpus is opened."""
