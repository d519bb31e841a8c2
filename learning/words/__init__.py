"""A model’s words for paths, suggestions and gaps: what is asked, what is checked, what is kept."""
