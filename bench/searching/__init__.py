"""What the search benchmarks share: a corpus, a company that holds it, clients that ask it."""
