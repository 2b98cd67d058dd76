"""The query of a question, put together from what its parts say."""
