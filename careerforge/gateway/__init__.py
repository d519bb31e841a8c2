"""The only road to a model: redact, ask a provider, check the answer, write one row. Embeddings too."""
