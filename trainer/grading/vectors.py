"""Sentence vectors: the mean of each token's vector, as wordllama makes them.

Only its two files are read (the tokenizer and the matrix, 16 MB, mapped and not copied). Importing
the package itself would take a second and 40 MB, and would set up the root logger.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

DIMENSIONS: Final = 256
_TOKENIZER: Final = Path("tokenizers", "l2_supercat_tokenizer_config.json")
_WEIGHTS: Final = Path("weights", "l2_supercat_256.safetensors")
_TENSOR: Final = "embedding.weight"
_WORD_START: Final = "▁"  # how the tokenizer marks the first piece of a word


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row of length 1 for each text: (n, 256) float32. A text without words is all zeros."""
    return measured(texts)[0]


def measured(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The rows of `embed`, and how long each was before that (n,): rare words have long vectors."""
    rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    matrix = _matrix()
    encoded = _tokenizer().encode_batch(list(texts), add_special_tokens=False)
    for row, each in enumerate(encoded):
        if each.ids:
            rows[row] = matrix[each.ids].astype(np.float32).mean(axis=0)
    lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1).astype(np.float32)
    rows /= np.where(lengths > 0, lengths, np.float32(1))[:, None]
    return rows, lengths


@lru_cache(maxsize=1)
def whole_words() -> frozenset[str]:
    """The words, in lower case, that the tokenizer knows as one piece: no misspellings."""
    pieces = _tokenizer().get_vocab()
    return frozenset(
        piece[1:].lower() for piece in pieces if piece[0] == _WORD_START and len(piece) > 3
    )


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(_home() / _TOKENIZER))


@lru_cache(maxsize=1)
def _matrix() -> NDArray[np.float16]:
    """The matrix of a safetensors file: 8 bytes of the header's length, JSON, then the numbers."""
    path = _home() / _WEIGHTS
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))[_TENSOR]
    begin = 8 + length + header["data_offsets"][0]
    shape = tuple(header["shape"])
    return np.memmap(path, dtype=np.float16, mode="r", offset=begin, shape=shape)


def _home() -> Path:
    spec = find_spec("wordllama")
    if spec is None or spec.origin is None:
        raise RuntimeError("wordllama is not installed: run `make install`")
    return Path(spec.origin).parent
