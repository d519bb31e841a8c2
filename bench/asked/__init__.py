"""Questions that benchmarks ask, and a model that answers them by the providers' own rules of counting."""
