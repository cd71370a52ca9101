"""Images resized, sampled and rearranged."""
