"""Scores from a mixed model of who asked, what was asked and how much was observed."""
