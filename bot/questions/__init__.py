"""A question in, a typed query out; facts in, an answer out. No database, no Discord.

`parser.parse` reads a question into a `query.Query`; `answering.who_answers.answer` answers that from a
`holdings.Registry`. The types that both know lie here. A question passes through the packages in this order, and each
knows only those before it: text, vocabulary, times, parts, context, senses, asking, reading, sharing, wording,
composing, following. Answering and reports stand beside that row.
"""
