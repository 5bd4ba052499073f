"""What rooms are made of."""
