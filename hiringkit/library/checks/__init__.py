"""Checks of rubrics and banks: the kinds of mistake, and what finds them."""
