"""The province's two sheets: write the template, read what came back, judge it, hand it back marked.

Everything derives from `columns`: a column is an object, and the template, the reader, the judge and
the returned workbook come from the same lines. Nothing here knows Django or a database.
"""
