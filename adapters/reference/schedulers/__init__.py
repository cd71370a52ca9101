"""Learning-rate schedules, one a file; ``torch.optim.lr_scheduler`` is assembled from them."""
