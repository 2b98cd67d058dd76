"""Text as it is typed, made comparable: letters, scripts, signs of shorthand, slips and sounds."""
