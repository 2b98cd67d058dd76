"""Whether a reading says all that the words of the question say; where it would not, the question is asked back."""
