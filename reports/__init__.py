"""What a run found: result files, and the tallies, pages, comparisons and badges that are made of them."""
