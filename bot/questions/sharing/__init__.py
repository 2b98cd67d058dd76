"""Whose ties are asked for, and with whom: the names of a question, shared out between home and partner."""
