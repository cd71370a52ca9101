"""Recurrent layers and packed sequences of the reference against torch: values, gradients, text, names, types."""

from __future__ import annotations

import ml_dtypes  # noqa: F401 - it registers bfloat16 with NumPy
import numpy as np
import pytest

from tests.reference.against_torch import NAMESPACES, agree, assert_same, seeded

LAYERS = {
    "plain": {},
    "stacked-both-ways": {"num_layers": 2, "bidirectional": True},
    "batch-first-without-bias": {"batch_first": True, "bias": False},
}


def made(namespace, name, dtype, *sizes, **options):
    """Return a layer with parameters that are alike in both namespaces."""
    layer = getattr(namespace.nn, name)(*sizes, **options).to(getattr(namespace, dtype))
    state = {
        key: namespace.from_numpy(0.4 * seeded(tuple(value.shape), seed=place)).to(getattr(namespace, dtype))
        for place, (key, value) in enumerate(layer.state_dict().items())
    }
    layer.load_state_dict(state)
    return layer


def flat(result):
    """Return the tensors of a result that may be a nest of tuples, packed sequences by their data."""
    if isinstance(result, (tuple, list)):
        return [one for part in (result[:1] if hasattr(result, "batch_sizes") else result) for one in flat(part)]
    return [result]


@pytest.mark.parametrize("options", LAYERS.values(), ids=LAYERS)
@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_layers_agree(name, options):
    def run(namespace, x):
        return flat(made(namespace, name, "float64", 5, 4, **options)(x))

    agree(run, seeded((6, 3, 5)))


@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_gradients_of_parameters_agree(name):
    layers = [made(namespace, name, "float64", 5, 4, num_layers=2, bidirectional=True) for namespace in NAMESPACES]
    for namespace, layer in zip(NAMESPACES, layers, strict=True):
        output, _ = layer(namespace.from_numpy(seeded((6, 3, 5))))
        (output * output).sum().backward()
    ours, theirs = (dict(layer.named_parameters()) for layer in layers)
    assert list(ours) == list(theirs)
    for key, parameter in ours.items():
        assert_same(parameter.grad, theirs[key].grad, what=key)


def test_projections_agree():
    def run(namespace, x, h, c):
        return flat(made(namespace, "LSTM", "float64", 5, 4, proj_size=2, bidirectional=True)(x, (h, c)))

    agree(run, seeded((6, 3, 5)), seeded((2, 3, 2)), seeded((2, 3, 4)))


@pytest.mark.parametrize("lengths", [(4, 2, 1), (2, 4, 1), (3, 3, 3)], ids=str)
@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_packed_sequences_agree(name, lengths):
    def run(namespace, x):
        rnn = namespace.nn.utils.rnn
        packed = rnn.pack_padded_sequence(x, list(lengths), enforce_sorted=False)
        output, finals = made(namespace, name, "float64", 5, 4, bidirectional=True, num_layers=2)(packed)
        padded, numbers = rnn.pad_packed_sequence(output, padding_value=-1.0, total_length=5)
        return [padded, numbers, *flat(finals)]

    agree(run, seeded((4, 3, 5)))


@pytest.mark.parametrize("name", ["RNNCell", "LSTMCell", "GRUCell"])
def test_cells_agree(name):
    def run(namespace, x):
        cell = made(namespace, name, "float64", 5, 4)
        state = cell(x)
        return flat(cell(x, state))

    agree(run, seeded((3, 5)))
    agree(run, seeded((5,)))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_half_types_come_back(name, dtype):
    reference = NAMESPACES[0]
    output, finals = made(reference, name, dtype, 5, 4)(reference.randn(6, 3, 5).to(getattr(reference, dtype)))
    assert {str(one.dtype) for one in (output, *flat(finals))} == {f"torch.{dtype}"}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("RNN", {}),
        ("RNN", {"num_layers": 2, "nonlinearity": "relu", "dropout": 0.5}),
        ("LSTM", {"proj_size": 2, "num_layers": 2, "bias": False, "batch_first": True, "bidirectional": True}),
        ("GRU", {"num_layers": 3}),
        ("RNNCell", {"bias": False, "nonlinearity": "relu"}),
        ("LSTMCell", {}),
        ("GRUCell", {"bias": False}),
    ],
    ids=str,
)
def test_texts_and_states_are_those_of_torch(name, options):
    ours, theirs = (getattr(namespace.nn, name)(5, 4, **options) for namespace in NAMESPACES)
    assert repr(ours) == repr(theirs)
    assert [(key, tuple(value.shape)) for key, value in ours.state_dict().items()] == [
        (key, tuple(value.shape)) for key, value in theirs.state_dict().items()
    ]


def test_dropout_zeroes_or_enlarges():
    reference = NAMESPACES[0]
    reference.manual_seed(0)
    layer = made(reference, "RNN", "float64", 3, 1000, num_layers=2, dropout=0.25)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(layer), "kind", lambda _: _Copying)
        kept = layer(reference.ones(1, 1, 3).to(reference.float64))[0].detach().numpy().reshape(-1)
    assert set(kept.tolist()) == {0.0, 1 / 0.75}
    assert 650 < np.count_nonzero(kept) < 850  # 750 of 1000, and more than seven standard deviations either way


class _Copying:
    """A recurrence whose first layer gives ones, and any other what it got."""

    @staticmethod
    def apply(tensors, sizes, reverse):
        del sizes, reverse
        x, h = tensors[:2]
        output = x if x.shape[-1] == h.shape[-1] else h + 1.0
        return output, h


def test_one_layer_warns_of_dropout():
    for namespace in NAMESPACES:
        with pytest.warns(UserWarning, match="dropout"):
            namespace.nn.GRU(3, 2, dropout=0.5)


@pytest.mark.parametrize("namespace", NAMESPACES, ids=["reference", "torch"])
def test_wrong_sizes_are_refused(namespace):
    layer = namespace.nn.LSTM(3, 2)
    with pytest.raises(RuntimeError):
        layer(namespace.zeros(4, 1, 5))
    with pytest.raises(ValueError, match="2"):
        layer(namespace.zeros(3))
    with pytest.raises(ValueError, match="proj_size"):
        namespace.nn.LSTM(3, 2, proj_size=2)
