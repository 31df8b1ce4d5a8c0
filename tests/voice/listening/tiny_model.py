"""A listening model that really runs in sherpa-onnx: a low tone is one character to it, a high one another.

Encoder: how much louder one half of the spectrum is than the other. Decoder and joiner: what was written last
is not written again at once, so that a tone counts once however long it lasts.
"""

from __future__ import annotations

from pathlib import Path

from onnx import ModelProto, TensorProto, ValueInfoProto, helper, save_model

from tests.voice.tone_voice import FLOAT, INT, network

LOW, HIGH = 300, 3000
"""Hertz."""
_BANDS = 80
_FRAMES = 4
"""Columns of the spectrum in one step."""


def make_tiny_model(folder: Path, low: str, high: str) -> Path:
    """A folder as its publisher packs one, for these two characters."""
    folder.mkdir(parents=True)
    (folder / "tokens.txt").write_text(f"<blk> 0\n{low} 1\n{high} 2\n<unk> 3\n", encoding="utf-8")
    save_model(_encoder(), folder / "encoder.onnx")
    save_model(_decoder(), folder / "decoder.onnx")
    save_model(_joiner(), folder / "joiner.onnx")
    (folder / "LICENSE").write_text("For tests only.\n", encoding="utf-8")
    return folder


def _encoder() -> ModelProto:
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["column"], axes=[1], keepdims=1),
        helper.make_node("MatMul", ["column", "halves"], ["loud"]),
        helper.make_node("Add", ["loud", "least"], ["encoder_out"]),
        helper.make_node("Identity", ["h"], ["next_h"]),
        helper.make_node("Identity", ["c"], ["next_c"]),
    ]
    half = _BANDS // 2
    # Of the logarithms of the spectrum: what one half has more than the other.
    rows = [[0.0, 1.0, -1.0, 0.0]] * half + [[0.0, -1.0, 1.0, 0.0]] * half
    told = {
        "model_type": "lstm",
        "num_encoder_layers": "1",
        "T": str(_FRAMES),
        "decode_chunk_len": str(_FRAMES),
    }
    return network(
        nodes,
        [_value("x", "N", _FRAMES, _BANDS), _value("h", 1, "N", 1), _value("c", 1, "N", 1)],
        [_value("encoder_out", "N", 1, 4), _value("next_h", 1, "N", 1), _value("next_c", 1, "N", 1)],
        {**told, "rnn_hidden_size": "1", "d_model": "1"},
        [
            helper.make_tensor("halves", FLOAT, [_BANDS, 4], [v / half for row in rows for v in row]),
            helper.make_tensor("least", FLOAT, [4], [0.0, -5.0, -5.0, -99.0]),
        ],
    )


def _decoder() -> ModelProto:
    """Of the last character: it is not to come again."""
    nodes = [
        helper.make_node("Gather", ["never", "y"], ["each"]),
        helper.make_node("Gather", ["each", "last"], ["decoder_out"], axis=1),
    ]
    never = [[0.0] * 4, [0.0, -99.0, 0.0, 0.0], [0.0, 0.0, -99.0, 0.0], [0.0] * 4]
    return network(
        nodes,
        [helper.make_tensor_value_info("y", INT, ["N", 2])],
        [_value("decoder_out", "N", 4)],
        {"vocab_size": "4", "context_size": "2"},
        [
            helper.make_tensor("never", FLOAT, [4, 4], [v for row in never for v in row]),
            helper.make_tensor("last", TensorProto.INT64, [], [1]),
        ],
    )


def _joiner() -> ModelProto:
    return network(
        [helper.make_node("Add", ["encoder_out", "decoder_out"], ["logit"])],
        [_value("encoder_out", "N", 4), _value("decoder_out", "N", 4)],
        [_value("logit", "N", 4)],
        {"joiner_dim": "4"},
        [],
    )


def _value(name: str, *shape: int | str) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, FLOAT, shape)
