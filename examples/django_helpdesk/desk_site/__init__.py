"""A Django site with nothing but a help desk on it."""
