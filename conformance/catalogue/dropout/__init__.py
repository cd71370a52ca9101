"""Cards of dropout: elements or whole channels left out at random."""
