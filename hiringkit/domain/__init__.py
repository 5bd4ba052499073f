"""What the field talks about: plain frozen values, with no I/O, clock, randomness or numpy."""
