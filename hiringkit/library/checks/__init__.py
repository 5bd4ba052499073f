"""What may be wrong with a rubric or a bank."""
