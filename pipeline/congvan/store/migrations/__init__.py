"""Alembic migrations of the catalogue. They run when a catalogue is opened; a released one is never changed.

A new one is a module in ``versions/`` with the next number, written by hand; ``HEAD`` in :mod:`congvan.store.engine` names
the newest. A test compares what the migrations make with :mod:`congvan.store.tables`.
"""
