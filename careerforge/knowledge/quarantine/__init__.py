"""What reads like an instruction, or hides something, waits for a person."""
