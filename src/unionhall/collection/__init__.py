"""Sheets received, read and judged; nothing enters the roll from here alone."""
