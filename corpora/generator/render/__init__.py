"""Renderers: one file of the model as offices, portals, printers and converters show it."""
