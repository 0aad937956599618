"""File or bytes -> RawDocument."""
