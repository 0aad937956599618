"""CleanDocument -> Layout."""
