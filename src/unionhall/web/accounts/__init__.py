"""Accounts and grants, for administrators."""
