"""Alembic migrations of the catalogue. They run when a catalogue is opened; a released one is never changed."""
