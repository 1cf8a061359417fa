"""A Twilio-shaped carrier on this machine: REST, webhooks, phones; in memory only."""
