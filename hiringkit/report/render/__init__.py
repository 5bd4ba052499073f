"""From a report to text: terminal, Markdown, HTML, CSV and JSON."""
