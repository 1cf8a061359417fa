"""The school writes to many: audience, preview, sending, progress."""
