"""Text as people read it: cleaned, measured, compared. A leaf that every room may use."""
