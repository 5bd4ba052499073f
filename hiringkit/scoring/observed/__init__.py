"""Scores as means of the ratings as given."""
