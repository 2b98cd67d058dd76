"""What there is to tell of an occasion, kind by kind, or that it is not so any more."""
