"""What a coach sees of one person, and what an answer about them may rest on."""
