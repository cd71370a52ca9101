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
    "transformer.custom-encoder",
    "A custom_encoder takes the place of the encoder: it is given the source, and what it gives is the memory.",
    TRANSFORMER,
    profile=Profile.MODULE,
    follows_from=MADE_OF,
)
def test_transformer_custom_encoder(torch, nn):
    class Encoder(nn.Module):
        def forward(self, src, **others: object):
            del others
            seen.append(src.tolist())
            return src * 0.5

    class Decoder(nn.Module):
        def forward(self, tgt, memory, **others: object):
            del others
            return tgt + memory

    seen: list[object] = []
    encoder, decoder = Encoder(), Decoder()
    model = nn.Transformer(2, 1, custom_encoder=encoder, custom_decoder=decoder)
    assert model.encoder is encoder
    output = model(torch.tensor([[[2.0, 4.0]]]), torch.tensor([[[8.0, 16.0]]]))
    assert seen == [[[[2.0, 4.0]]]]
    assert output.tolist() == [[[9.0, 18.0]]]
    assert list(model.parameters()) == []


@clause(
    "transformer.custom-decoder",
    "A custom_decoder takes the place of the decoder: it is given the target and the memory, and gives the output.",
    TRANSFORMER,
    profile=Profile.MODULE,
    follows_from=MADE_OF,
)
def test_transformer_custom_decoder(torch, nn):
    class Decoder(nn.Module):
        def forward(self, tgt, memory, **others: object):
            del others
            seen.append((tgt.tolist(), tuple(memory.shape)))
            return tgt * 2.0

    seen: list[object] = []
    model = nn.Transformer(2, 1, 1, dim_feedforward=3, custom_decoder=Decoder())
    output = model(torch.ones(3, 1, 2), torch.tensor([[[8.0, 16.0]]]))
    assert seen == [([[[8.0, 16.0]]], (3, 1, 2))]
    assert output.tolist() == [[[16.0, 32.0]]]
    assert any(name.startswith("encoder.layers.0.") for name, _ in model.named_parameters())


@clause(
    "transformer.attention-dropout",
    "In training MultiheadAttention drops each weight with the probability dropout and divides the others by the share "
    "that is kept; in evaluation it drops none (false alarms: below 1e-9).",
    documented("generated/torch.nn.MultiheadAttention.html"),
    profile=Profile.MODULE,
    follows_from=MADE_OF,
)
def test_transformer_attention_dropout(torch, nn):
    number = 64
    layer = nn.MultiheadAttention(number, 1, dropout=0.5, bias=False)
    layer.in_proj_weight.data = torch.cat([torch.zeros(2 * number, number), torch.eye(number)])
    layer.out_proj.weight.data = torch.eye(number)
    query, values = torch.zeros(number, 1, number), torch.eye(number).reshape(number, 1, number)

    output, _ = layer(query, values, values, need_weights=False)  # each element is one weight, all alike before
    weights = [weight for row in output.reshape(-1, number).tolist() for weight in row]
    assert set(weights) == {0.0, 1 / 32}
    assert 1852 <= weights.count(0.0) <= 2244  # of 4096, each with a chance of a half

    output, _ = layer.eval()(query, values, values, need_weights=False)
    assert {weight for row in output.reshape(-1, number).tolist() for weight in row} == {1 / 64}


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
