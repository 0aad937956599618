"""Repair: a verdict for each font or stretch of text, then the inverse of the damage, as a plan that can be replayed."""

from congvan.repair.linear import repair_document
from congvan.repair.plan import apply_plan, reverse_plan
from congvan.repair.stream import repair_stream
from congvan.repair.text import RepairedText, repair_text

__all__ = ["RepairedText", "apply_plan", "repair_document", "repair_stream", "repair_text", "reverse_plan"]
