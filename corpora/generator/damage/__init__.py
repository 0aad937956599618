"""Damage as it comes in the wild, made by formula: to the maps of a PDF's fonts, to text, and by encodings before Unicode."""
