"""Rubrics and question banks: read, checked, resolved, written. The only package that knows YAML."""
