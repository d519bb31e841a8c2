"""A manager's view of groups, and what may be printed about them."""
