"""Short questions that stand over a screen."""
