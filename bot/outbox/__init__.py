"""Every outgoing message passes here."""
