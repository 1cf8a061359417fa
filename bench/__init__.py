"""Measurements: ratios against a floor or a peer in the same run; never run by the tests."""
