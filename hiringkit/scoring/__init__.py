"""From columns of ratings to fit profiles: numpy in, domain values out; no store, no files."""
