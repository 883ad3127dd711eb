"""The operator's door: each command reads its arguments, calls one action and prints the answer."""
