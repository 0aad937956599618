"""Layout -> Findings."""
