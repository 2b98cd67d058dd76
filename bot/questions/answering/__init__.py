"""From a query and what the registry holds to an answer: who answers what, and in which sentences."""
