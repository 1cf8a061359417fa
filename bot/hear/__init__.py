"""What a text says: its language and its topic (pure)."""
