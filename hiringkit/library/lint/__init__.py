"""What makes a valid rubric or bank a poor one: rules by subject, each with a stable code of docs/lint-rules.md."""
