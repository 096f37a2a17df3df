"""Clocks of whole logs: rows become events, and cases that went alike are lived through once and reckoned together."""
