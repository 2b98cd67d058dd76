"""What is told around a question, and is left away where the question alone is whole."""
