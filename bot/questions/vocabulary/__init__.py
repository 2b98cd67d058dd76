"""The words and names that a question may hold, by the grammar's concepts and the registry, and where it has them."""
