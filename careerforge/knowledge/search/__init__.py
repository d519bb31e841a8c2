"""From a question to ranked passages that the asker may see."""
