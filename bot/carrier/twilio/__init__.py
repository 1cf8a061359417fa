"""Twilio's side of the contract: texts out over REST, forms in, signatures, error codes."""
