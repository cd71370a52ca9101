"""The mean of the losses of no element is an array without elements, where reduction="mean" documents one number."""

import keras
import numpy as np

nothing = np.zeros((0, 1), dtype="float32")
print("expected ()")
print(f"actual   {tuple(keras.losses.BinaryCrossentropy(reduction='mean')(nothing, nothing).shape)}")
