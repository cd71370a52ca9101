"""The error function that short types use, against the standard library's."""

import math

import numpy as np

from adapters.reference.operators.activation.gelu import short_erfc


def test_ten_digits_until_float32_has_no_more():
    z = np.linspace(-6, 10.4, 30_001)
    exact = np.array([math.erfc(one) for one in z])
    assert np.abs(short_erfc(z) / exact - 1).max() < 1e-8


def test_the_ends():
    found = short_erfc(np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 40.0, -40.0]))
    np.testing.assert_allclose(found, [1.0, 1.0, 0.0, 2.0, np.nan, 0.0, 2.0], rtol=1e-9, atol=1e-45)
