"""What was asked, and what is not answered."""
