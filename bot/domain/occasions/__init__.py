"""When an office is to be told of something, kind by kind: pure functions from what is known to occasions.

A new kind of reminder is a word of `ReminderKind`, and one line in each of three tables: when it is told of
(`bot.domain.planning.PLANS`), what there is to tell (`bot.services.composing.kinds.COMPOSERS`), and how that looks
(`bot.ui.posts.LOOKS`). The rest, from the outbox to the preview, follows.
"""
