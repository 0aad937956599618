"""The rule format: rules are data with their examples and counter-examples, loaded, tested and explained here."""
