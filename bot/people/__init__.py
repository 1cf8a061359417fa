"""Families and staff: roster, consent."""
