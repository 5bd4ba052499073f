"""One file per room of the interface."""
