"""The command line: one verb a file. Verbs import what they need when they run, so that `congvan repair` starts fast."""
