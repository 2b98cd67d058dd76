"""`attache partner`: agreements, at the command line."""

from bot.console.frame import command_group, say

partner_commands = command_group(say("cli.partner.about"))
