"""Roles that fit, and the one a person chose."""
