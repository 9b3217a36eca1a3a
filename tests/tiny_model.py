"""A tiny model in llama.cpp's format: a llama of one layer with a vocabulary of bytes and seeded random weights.

It talks nonsense, which is what it is for: under a grammar it must still obey a schema. One dimension of its state is
the same for every token, and the last layer reads a liking for each byte from it, so that the nonsense is printable
ASCII (llama.cpp answers 500 to broken UTF-8) and comes to an end: quotation marks and closing brackets are liked best.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

CONTEXT = 32_768
"""Tokens that it claims to be trained for: the prompt of an article is some 11,000 of its bytes."""

WIDTH, HEADS = 32, 2
_BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
_TOKENS = ["<unk>", "<s>", "</s>", *_BYTES]
_TYPES = [2, 3, 3, *[6] * 256]  # unknown, control, byte
_FIRST_BYTE = 3
_LIKED = {'"': 4.0, "]": 4.0, "}": 3.0, " 0123456789": -1.5}
_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def write_tiny_model(path: Path, *, seed: int = 7, context: int = CONTEXT) -> Path:
    """Write the model, of about 100 kB; another seed gives another one."""
    import gguf
    import numpy as np

    chance = np.random.default_rng(seed)

    def random(rows: int, columns: int) -> Any:
        return (chance.standard_normal((rows, columns)) * 0.3).astype(np.float32)

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(_TOKENS)
    writer.add_token_scores([0.0] * len(_TOKENS))
    writer.add_token_types(_TYPES)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(_TEMPLATE)
    head, steady = WIDTH // HEADS, slice(0, 1)
    embedding, output = random(len(_TOKENS), WIDTH), random(len(_TOKENS), WIDTH)
    embedding[:, steady] = 4.0
    output[:, steady] = _likings()
    attended, forwarded = random(WIDTH, WIDTH), random(WIDTH, WIDTH)
    attended[steady] = forwarded[steady] = 0.0
    tensors = {
        "token_embd": embedding,
        "output_norm": np.ones(WIDTH, np.float32),
        "output": output,
        "blk.0.attn_norm": np.ones(WIDTH, np.float32),
        "blk.0.attn_q": random(WIDTH, WIDTH),
        "blk.0.attn_k": random(head, WIDTH),
        "blk.0.attn_v": random(head, WIDTH),
        "blk.0.attn_output": attended,
        "blk.0.ffn_norm": np.ones(WIDTH, np.float32),
        "blk.0.ffn_gate": random(WIDTH, WIDTH),
        "blk.0.ffn_up": random(WIDTH, WIDTH),
        "blk.0.ffn_down": forwarded,
    }
    for name, tensor in tensors.items():
        writer.add_tensor(f"{name}.weight", tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _likings() -> Any:
    import numpy as np

    likings: Any = np.full((len(_TOKENS), 1), -3.0, np.float32)
    likings[_FIRST_BYTE + 32 : _FIRST_BYTE + 127] = 0.0
    for characters, liking in _LIKED.items():
        for byte in characters.encode():
            likings[_FIRST_BYTE + byte] = liking
    return likings
