"""Voices that really run in sherpa-onnx, and say everything as a tone: 0.1 s of it for each half syllable.

The networks are a few nodes each, so that what loads, renders and falls back is the product's own, without a
download.
"""

from __future__ import annotations

from pathlib import Path

from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, save_model

_RATE = 16000
_SAMPLES_A_TOKEN = 1600.0
_HOP = 200
"""Samples that the vocoder makes of one column of the spectrum."""
_TURN = 0.11780973
"""Of the tone, from one sample to the next: 300 Hz."""
_SIGNS = "_,.!?"
_TOKENS = "ab"
FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64


def make_tone_voice(folder: Path, knows: str) -> Path:
    """A folder with a vits network as its publisher packs one, with these characters in its lexicon."""
    _make(folder, knows)
    save_model(_vits(), folder / "model.onnx")
    return folder


def make_matcha_voice(folder: Path, knows: str) -> Path:
    """The same of two networks: one makes a spectrum, the other sound of it."""
    _make(folder, knows)
    save_model(_acoustic(), folder / "model-steps-3.onnx")
    save_model(_vocoder(), folder / "hifigan.onnx")
    return folder


def network(
    nodes: list[NodeProto],
    given: list[ValueInfoProto],
    made: list[ValueInfoProto],
    told: dict[str, str],
    constants: list[TensorProto],
) -> ModelProto:
    """A file that sherpa-onnx reads; `told` is what it wants to know of it."""
    graph = helper.make_graph(nodes, "tiny", given, made, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, told)
    return model


def _make(folder: Path, knows: str) -> None:
    folder.mkdir(parents=True)
    tokens = "".join(f"{sign} {number}\n" for number, sign in enumerate((*_SIGNS, *_TOKENS)))
    (folder / "tokens.txt").write_text(tokens, encoding="utf-8")
    lexicon = "".join(f"{character} a b\n" for character in dict.fromkeys(knows) if character.isalnum())
    (folder / "lexicon.txt").write_text(lexicon, encoding="utf-8")
    (folder / "LICENSE").write_text("For tests only.\n", encoding="utf-8")


def _vits() -> ModelProto:
    """As many samples of a sine as there are tokens, times the slowness that is asked for."""
    return network(
        [*_count("alpha"), *_sine("count"), helper.make_node("Unsqueeze", ["tone", "first_two"], ["y"])],
        [*_words(), *(_value(name, FLOAT, 1) for name in ("noise_scale", "alpha", "noise_scale_dur"))],
        [_value("y", FLOAT, "N", 1, "S")],
        {"model_type": "vits", "comment": "test", "language": "Chinese", "add_blank": "0"} | _VOICE,
        [_floats("a_token", _SAMPLES_A_TOKEN), _ints("first_two", 0, 1), *_CONSTANTS],
    )


def _acoustic() -> ModelProto:
    """An empty spectrum of that length."""
    nodes = [
        *_count("length_scale"),
        helper.make_node("Unsqueeze", ["count", "first"], ["columns"]),
        helper.make_node("Concat", ["rows", "columns"], ["shape"], axis=0),
        helper.make_node("ConstantOfShape", ["shape"], ["mel"]),
    ]
    return network(
        nodes,
        [*_words(), _value("noise_scale", FLOAT, 1), _value("length_scale", FLOAT, 1)],
        [_value("mel", FLOAT, 1, 80, "T")],
        {"model_type": "matcha-tts", "language": "Chinese", "jieba": "1", "pad_id": "0"}
        | {"has_espeak": "0", "use_eos_bos": "0", "version": "1", "num_ode_steps": "3"}
        | _VOICE,
        [_floats("a_token", _SAMPLES_A_TOKEN / _HOP), _ints("rows", 1, 80), *_CONSTANTS],
    )


def _vocoder() -> ModelProto:
    """The sine, as long as the spectrum."""
    nodes = [
        helper.make_node("Shape", ["mel"], ["shape"]),
        helper.make_node("Gather", ["shape", "last"], ["columns"]),
        helper.make_node("Mul", ["columns", "hop"], ["lengths"]),
        helper.make_node("Squeeze", ["lengths", "first"], ["count"]),
        *_sine("count"),
        helper.make_node("Unsqueeze", ["tone", "first"], ["audio"]),
    ]
    return network(
        nodes,
        [_value("mel", FLOAT, "N", 80, "T")],
        [_value("audio", FLOAT, "N", "S")],
        {"model_type": "hifigan", "sample_rate": str(_RATE)},
        [_ints("last", 2), _ints("hop", _HOP), *_CONSTANTS],
    )


def _count(slowness: str) -> list[NodeProto]:
    """How many samples, or columns, there are to be."""
    return [
        helper.make_node("Cast", ["x_length"], ["tokens"], to=FLOAT),
        helper.make_node("Mul", ["tokens", slowness], ["slow"]),
        helper.make_node("Mul", ["slow", "a_token"], ["exact"]),
        helper.make_node("Cast", ["exact"], ["whole"], to=INT),
        helper.make_node("Squeeze", ["whole", "first"], ["count"]),
    ]


def _sine(count: str) -> list[NodeProto]:
    return [
        helper.make_node("Range", ["zero", count, "one"], ["numbers"]),
        helper.make_node("Cast", ["numbers"], ["times"], to=FLOAT),
        helper.make_node("Mul", ["times", "turn"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["wave"]),
        helper.make_node("Mul", ["wave", "half"], ["tone"]),
    ]


def _words() -> list[ValueInfoProto]:
    return [_value("x", INT, "N", "L"), _value("x_length", INT, "N")]


def _value(name: str, kind: int, *shape: int | str) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _floats(name: str, *values: float) -> TensorProto:
    return helper.make_tensor(name, FLOAT, [len(values)], values)


def _ints(name: str, *values: int) -> TensorProto:
    return helper.make_tensor(name, INT, [len(values)], values)


_VOICE = {"n_speakers": "1", "sample_rate": str(_RATE)}
_CONSTANTS = [
    helper.make_tensor("zero", INT, [], [0]),
    helper.make_tensor("one", INT, [], [1]),
    _ints("first", 0),
    _floats("turn", _TURN),
    _floats("half", 0.5),
]
