"""The commands of `attache` by capability; `bot.cli` puts them together."""
