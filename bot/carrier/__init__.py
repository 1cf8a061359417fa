"""The outside: Twilio, and a Twilio-shaped carrier on this machine."""
