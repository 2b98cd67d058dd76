"""Sentences that report an exchange, read: "video call with Seattle on housing, 40 min, 6 people, yesterday"."""
