"""Rubrics and question banks: read, checked, resolved. The only room that knows YAML."""
