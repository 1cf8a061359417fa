"""Alembic's scripts: env.py and the migrations."""
