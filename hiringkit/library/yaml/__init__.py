"""YAML: parsed with positions, decoded strictly, edited in place, written."""
