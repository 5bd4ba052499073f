"""What is kept: SQL tables, transactions, migrations. Hands out plain rows."""
