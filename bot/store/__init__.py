"""Tables with their queries, a file a noun; nobody else writes SQL."""
