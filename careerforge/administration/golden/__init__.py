"""The golden set: its questions, its runs, its bar."""
