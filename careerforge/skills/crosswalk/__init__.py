"""The company's skills and roles beside the concepts of others that mean the same."""
