"""The best one-to-one assignment."""

from __future__ import annotations

from collections.abc import Mapping


def assign(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The pairs (left, right), each side at most once, whose weights have the largest sum; only given pairs are used.

    Exact: weights are whole numbers. Among equal sums the first pairs in the mapping's order are as likely as any.
    """
    lefts, rights = {left for left, _ in weights}, {right for _, right in weights}
    if len(lefts) == len(weights) == len(rights):  # nobody competes
        return sorted(weights)
    from networkx import Graph, max_weight_matching

    graph: Graph[tuple[str, int]] = Graph()
    for (left, right), weight in weights.items():
        graph.add_edge(("left", left), ("right", right), weight=weight)
    pairs = [dict(pair) for pair in max_weight_matching(graph)]
    return sorted((pair["left"], pair["right"]) for pair in pairs)
