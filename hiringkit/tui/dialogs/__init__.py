"""Short questions that stand over a room."""
