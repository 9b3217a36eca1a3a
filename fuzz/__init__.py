"""Fuzzing: what must hold for every input, tried on inputs that a coverage-guided fuzzer (atheris, libFuzzer) makes up.

    python -m fuzz TARGET --seconds N     fuzz it for so long; the inputs that were worth keeping stay in .fuzz/TARGET
    python -m fuzz TARGET FILE...         try these inputs again, without atheris: a finding, or all of a corpus
    python -m fuzz                        the targets

A target is one module with one `check(data)`, which raises `AssertionError` (or whatever it met) where the rule that
its docstring states is broken. `tests/test_fuzz.py` tries the same checks on inputs that hypothesis makes.
"""
