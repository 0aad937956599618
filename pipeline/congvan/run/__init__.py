"""Many documents: which ones, where the work runs, and what became of each."""
