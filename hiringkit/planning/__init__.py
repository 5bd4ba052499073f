"""Plans before interviews: who asks what, and what a panel of a given size is worth."""
