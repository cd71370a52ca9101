"""The object tier: one documented sentence a test, against any torch-shaped framework."""
