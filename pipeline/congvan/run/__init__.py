"""Many documents: where work runs."""
