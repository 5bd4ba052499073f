"""From columns of ratings to fit profiles: numpy in, domain values out, without store or files."""
