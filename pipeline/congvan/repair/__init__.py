"""RawDocument -> CleanDocument."""
