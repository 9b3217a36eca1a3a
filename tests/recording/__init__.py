"""Recording and replaying exchanges with a model.

scenario.py   what is recorded: an article, a driver, and which answers are induced
faults.py     the induced answers
proxy.py      the loopback server that answers a fault itself and sends everything else on to the model
recorder.py   one scenario's real call through the proxy, written to a cassette
tape.py       what a cassette holds: which headers, which matching, and the `about` at its top
readable.py   the YAML: multi-line strings as literal blocks, so that a re-recording reads as a diff
replay.py     a cassette in place of the network, strictly: nothing unmatched, nothing left unplayed
scan.py       what must never stand in a cassette
plugin.py     the `cassette` mark and fixture
listing.py    which cassettes the collected tests use
"""
