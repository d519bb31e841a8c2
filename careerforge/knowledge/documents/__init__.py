"""Documents and their versions: stored, compared, masked, judged, removed."""
