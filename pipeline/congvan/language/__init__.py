"""Vietnamese itself: syllables, numerals, symbols, agencies; used by every stage."""
