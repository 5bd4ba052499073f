"""What each noun looks like: from domain values to a report."""
