"""The room in a browser: pages over the same actions as the command line and the terminal interface."""
