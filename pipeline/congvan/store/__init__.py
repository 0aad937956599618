"""The catalogue: documents, their findings, and where each came from.

:class:`congvan.store.catalogue.Catalogue` is the way in. Nothing is imported here, so that programs which need no
catalogue do not load SQLAlchemy.
"""
