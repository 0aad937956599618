"""Findings and Layout -> the parts of the record."""
