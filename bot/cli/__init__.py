"""The ally command."""
