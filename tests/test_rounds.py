"""Replies that come together are gone on with in groups."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable

from summarise.model.rounds import GROUP, Rounds, next_step, rounds


async def test_a_group_takes_each_step_together_and_the_next_but_one_waits_until_it_has_sent() -> None:
    rounds, told = Rounds(), list[tuple[str, int]]()

    async def go_on(number: int) -> None:
        await rounds.aside()
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
    waiting = [asyncio.ensure_future(rounds.aside()) for _ in range(5)]
    await asyncio.sleep(0)
    for number in (0, 2, 4):
        waiting[number].cancel()
    done = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
    assert [each is None for each in done] == [False, True, False, True, False]
    await asyncio.wait_for(rounds.aside(), 10)


async def test_who_has_something_to_send_goes_first() -> None:
    rounds, told = Rounds(), list[str]()

    async def go_on(what: str, turn: Callable[[], Awaitable[None]]) -> None:
        await turn()
        told.append(what)

    for _ in range(10):
        rounds.begun()
    rounds.ready = 3
    rounds.ended(60.0)  # a reply: more may come, and other work waits as long as that takes
    aside = asyncio.ensure_future(go_on("judged", rounds.aside))
    await asyncio.sleep(0)
    await asyncio.gather(*(go_on("sent", rounds.to_send) for _ in range(3)))
    assert told == ["sent"] * 3
    await asyncio.wait_for(aside, 10)  # now it is quiet
    assert told == [*["sent"] * 3, "judged"]


async def test_other_work_does_not_wait_for_ever() -> None:
    rounds = Rounds()
    for _ in range(10):
        rounds.begun()
    rounds.ready = 10
    aside = asyncio.ensure_future(rounds.aside())

    async def send_on_and_on() -> None:
        while not aside.done():
            rounds.begun()
            rounds.ended(0.1)
            await rounds.to_send()

    await asyncio.wait_for(send_on_and_on(), 10)


async def test_where_nobody_is_ready_to_ask_other_work_goes_on_at_once() -> None:
    rounds = Rounds()
    for _ in range(10):
        rounds.begun()
    rounds.ended(3600.0)
    rounds.call_is_free()
    aside = asyncio.ensure_future(rounds.aside())
    for _ in range(5):
        await asyncio.sleep(0)
    assert aside.done()


async def test_where_more_waits_than_is_under_way_it_goes_on_at_once() -> None:
    rounds = Rounds()
    rounds.ready = 2
    rounds.begun()
    rounds.begun()
    rounds.ended(3600.0)
    waiting = [asyncio.ensure_future(rounds.aside()) for _ in range(3)]
    rounds.begun()  # two are under way, and nothing is quiet
    for _ in range(5):
        await asyncio.sleep(0)
    assert any(each.done() for each in waiting)
    await asyncio.wait_for(asyncio.gather(*waiting), 10)


def test_a_loop_that_is_closed_while_somebody_waits_is_not_kept() -> None:
    async def wait_in_vain() -> weakref.ref[asyncio.AbstractEventLoop]:
        together = rounds()
        together.ready = 5
        for _ in range(5):
            together.begun()
        together.ended(3600.0)
        waiting = asyncio.ensure_future(together.aside())
        await asyncio.sleep(0.001)
        waiting.cancel()
        return weakref.ref(asyncio.get_running_loop())

    loop = asyncio.run(wait_in_vain())
    gc.collect()
    assert loop() is None
