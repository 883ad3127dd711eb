"""What happens in the child process: from bytes to the tables of the two forms, as plain lists.

Light on purpose: the child starts anew for every file, so nothing here loads NumPy.
"""
