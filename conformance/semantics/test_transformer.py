"""Transformers as modules: the causal mask, how stacks begin, and activations that are given as functions."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

TRANSFORMER = documented("generated/torch.nn.Transformer.html")
ENCODER = documented("generated/torch.nn.TransformerEncoder.html")
DECODER = documented("generated/torch.nn.TransformerDecoder.html")
LAYER = documented("generated/torch.nn.TransformerEncoderLayer.html")

MADE_OF = ("linear.*", "layer_norm.*", "multihead_attention.*", "dropout.*", "view.*", "module.*", "module_list.*")
"""What layers are made of: their failures follow from its failures."""


@clause(
    "transformer.causal-mask",
    "generate_square_subsequent_mask gives a square mask: negative infinity where masked, 0.0 elsewhere.",
    TRANSFORMER,
    profile=Profile.MODULE,
)
def test_transformer_causal_mask(nn):
    mask = nn.Transformer.generate_square_subsequent_mask(3)
    hidden = float("-inf")
    assert mask.tolist() == [[0.0, hidden, hidden], [0.0, 0.0, hidden], [0.0, 0.0, 0.0]]
    assert nn.Transformer.generate_square_subsequent_mask(1).tolist() == [[0.0]]


@clause(
    "transformer.encoder-layers-alike",
    "All layers of a TransformerEncoder begin with the same parameters.",
    ENCODER,
    profile=Profile.MODULE,
    follows_from=MADE_OF,
)
def test_transformer_encoder_layers_alike(nn):
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 3), 3, enable_nested_tensor=False)
    _assert_alike(stack)


@clause(
    "transformer.decoder-layers-alike",
    "All layers of a TransformerDecoder begin with the same parameters.",
    DECODER,
    profile=Profile.MODULE,
    follows_from=MADE_OF,
)
def test_transformer_decoder_layers_alike(nn):
    _assert_alike(nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 3), 2))


@clause(
    "transformer.activation-function",
    "The activation of a layer may be a function of a tensor.",
    LAYER,
    profile=Profile.MODULE,
    follows_from=("transformer_encoder_layer.*", *MADE_OF),
)
def test_transformer_activation_function(torch, nn):
    seen = []

    def nothing(tensor):
        seen.append(tuple(tensor.shape))
        return tensor * 0.0

    layer = nn.TransformerEncoderLayer(4, 2, dim_feedforward=3, dropout=0.0, activation=nothing, norm_first=True)
    layer.linear2.bias.data = torch.tensor([1.0, 2.0, 3.0, 4.0])
    layer.self_attn.out_proj.weight.data = torch.zeros(4, 4)
    layer.self_attn.out_proj.bias.data = torch.zeros(4)
    output = layer(torch.ones(2, 1, 4))
    assert seen == [(2, 1, 3)]
    assert output.tolist() == [[[2.0, 3.0, 4.0, 5.0]], [[2.0, 3.0, 4.0, 5.0]]]


def _assert_alike(stack):
    """Assert that the layers have equal parameters, and none in common."""
    first, *others = [dict(layer.named_parameters()) for layer in stack.layers]
    assert others
    for parameters in others:
        assert list(parameters) == list(first)
        for name, parameter in parameters.items():
            assert parameter is not first[name]
            assert parameter.tolist() == first[name].tolist()
