"""Deciphering of Ghostscript damage in bare text, in columns of numbers. Loads numpy: imported where a text needs it."""
