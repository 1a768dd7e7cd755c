"""Cards going out to Anki, a spreadsheet or another site, and coming in from a file."""
