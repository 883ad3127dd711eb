"""What is true on paper, without our software: identifiers, code tables, divisions, periods, money.

Plain Python with NumPy; knows no Django, reads no clock. Text goes in, a value or a `Refused` comes out.
"""
