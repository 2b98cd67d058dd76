"""Questions that go on from the one before: "and Prague?" keeps all but the place."""
