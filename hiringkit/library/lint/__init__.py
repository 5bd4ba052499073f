"""Lint rules for valid rubrics and banks, by subject; docs/lint-rules.md explains each code."""
