"""Kinds of sources: a folder each, which knows how to ask and how to read. ``registry`` lists them."""
