"""Scorecards out of the exports of applicant-tracking systems."""
