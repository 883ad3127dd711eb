"""Roof: settings, the root of addresses, the nightly schedule."""
