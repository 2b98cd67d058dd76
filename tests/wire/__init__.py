"""A small Discord on loopback, and the real bot run against it as a process of its own.

`state` is what this Discord knows, `rest` and `gateway` are its two doors, `discord_on_loopback` opens them. `launch`
is `attache run` led there, `bots` starts and kills such processes, `kill` is the proof that reminders survive that.
`year` lets the six offices live a year, and `year.txt` is what they read in it.
"""
