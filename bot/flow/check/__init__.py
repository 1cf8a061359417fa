"""Proves the flows of a house before a family meets them: every rule of `ally check`. Pure."""
