"""The interview: its screen, the state of what was entered, and the writer that puts it on disk."""
