"""Progress of the collection, and the rows behind each figure."""
