"""What a question asks: for a date, a number, a yes, a list, a place, a person, or for what no registry tells."""
