"""A coach asks about one person: made, checked, stored in that person's room, opened again."""
