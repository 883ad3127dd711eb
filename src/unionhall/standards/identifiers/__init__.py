"""Identifiers: one number, one module; each parses one text and checks a whole column by the same law."""
