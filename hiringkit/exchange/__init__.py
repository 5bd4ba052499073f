"""Files and other systems' formats in and out."""
