"""A question in parts, while it is being read: what each stands for, which were used, and the form of the question."""
