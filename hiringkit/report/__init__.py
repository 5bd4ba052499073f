"""From domain values to text, files and pictures; knows nothing of how they were computed."""
