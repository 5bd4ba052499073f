"""One script a revision; never changed once released."""
