"""An answer by rules: sentences about one person, each with the spans it rests on."""
