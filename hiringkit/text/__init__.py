"""Text as people read it: cleaned, measured, compared. Depends on no other package, so that any may use it."""
