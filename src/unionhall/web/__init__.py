"""Door: pages for people at a desk."""
