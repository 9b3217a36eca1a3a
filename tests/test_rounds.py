"""Replies that come together are gone on with in groups."""

from __future__ import annotations

import asyncio

from summarise.model.rounds import GROUP, Rounds, next_step


async def test_a_group_takes_each_step_together_and_the_next_but_one_waits_until_it_has_sent() -> None:
    rounds, told = Rounds(), list[tuple[str, int]]()

    async def go_on(number: int) -> None:
        await rounds.turn()
        told.append(("judged", number))
        await next_step()
        told.append(("sent", number))

    await asyncio.gather(*(go_on(number) for number in range(3 * GROUP)))
    judged, sent = ([number for what, number in told if what == each] for each in ("judged", "sent"))
    assert judged == sent == [*range(3 * GROUP)]
    first = [*range(GROUP)]
    assert told[:GROUP] == [("judged", number) for number in first]
    assert max(told.index(("sent", number)) for number in first) < told.index(("judged", 2 * GROUP))


async def test_who_is_cancelled_holds_nobody_up() -> None:
    rounds = Rounds()
    waiting = [asyncio.ensure_future(rounds.turn()) for _ in range(5)]
    await asyncio.sleep(0)
    for number in (0, 2, 4):
        waiting[number].cancel()
    done = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
    assert [each is None for each in done] == [False, True, False, True, False]
    await asyncio.wait_for(rounds.turn(), 10)
