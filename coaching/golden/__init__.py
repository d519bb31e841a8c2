"""The golden set's questions about advice: marking an answer as right, and answering it about nobody."""
