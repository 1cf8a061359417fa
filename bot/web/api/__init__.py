"""The HTTP API: other programs of a school send to families and see how far it is."""
