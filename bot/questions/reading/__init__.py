"""The conditions of a question, each with a module of its own: times, numbers, orders, exchanges, comparisons."""
