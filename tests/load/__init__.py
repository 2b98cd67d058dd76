"""Proofs under load: several processes, many people, and a database that is restarted under them."""
