"""Dates, periods and times of day in running text, in English and Traditional Chinese."""
