"""Replies that come together are gone on with one by one."""

from __future__ import annotations

import asyncio

from summarise.model.rounds import Rounds


async def test_what_one_sends_is_out_before_the_next_but_one_goes_on() -> None:
    rounds, told = Rounds(), list[str]()

    async def go_on(number: int) -> None:
        await rounds.turn()
        told.append(f"judged {number}")
        asyncio.get_running_loop().call_soon(told.append, f"sent {number}")

    await asyncio.gather(*(go_on(number) for number in range(4)))
    await asyncio.sleep(0)
    assert [each for each in told if each.startswith("judged")] == [f"judged {number}" for number in range(4)]
    for number in range(2):
        assert told.index(f"sent {number}") < told.index(f"judged {number + 2}")


async def test_who_is_cancelled_holds_nobody_up() -> None:
    rounds = Rounds()
    waiting = [asyncio.ensure_future(rounds.turn()) for _ in range(5)]
    await asyncio.sleep(0)
    for number in (0, 2, 4):
        waiting[number].cancel()
    done = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
    assert [each is None for each in done] == [False, True, False, True, False]
    await asyncio.wait_for(rounds.turn(), 10)
