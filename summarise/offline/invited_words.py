"""The verbs that an invitation is the object of: accept, decline, extend, convey, receive, withdraw."""

from __future__ import annotations

from typing import Final

from summarise.offline.lexicon import words

ACCEPT: Final = words("accept accepts accepted accepting agreed")
DECLINE: Final = words(
    "decline declines declined declining reject rejects rejected refuse refused refuses spurned turned turn turns"
)
THANK: Final = words("thank thanks thanked thanking welcomed welcomes appreciated grateful appreciation appreciates")
WEIGH: Final = words("considering consider weighing mulling studying studied study")
GIVE: Final = words(
    "extend extends extended extending send sent sends sending issue issued issues offer offered renew renewed renews "
    "repeat repeated reiterate reiterated give gave made make"
)
CARRY: Final = words(
    "convey conveyed conveys conveying deliver delivered delivers delivering hand handed carry carried carrying "
    "transmit transmitted relay relayed bring brought pass passed"
)
GET: Final = words("receive received receives got get has have had")
WITHDRAW: Final = words(
    "withdraw withdrew withdrawn withdraws rescind rescinded cancel cancelled canceled revoke revoked retract "
    "retracted take took taken"
)
HANDED_OVER: Final = GIVE | CARRY
RESPONSE: Final = {
    **dict.fromkeys(ACCEPT, "accepted"),
    **dict.fromkeys(DECLINE, "declined"),
    **dict.fromkeys(THANK, "acknowledged"),
    **dict.fromkeys(WEIGH, "pending"),
}
GOVERNORS: Final = RESPONSE.keys() | GIVE | CARRY | GET | WITHDRAW
