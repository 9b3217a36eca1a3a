"""An article read by rules: the rooms of the extractor, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarise.judge.index import ArticleIndex
from summarise.offline.asking import TELLING
from summarise.offline.cast import Cast
from summarise.offline.dating import Dating
from summarise.offline.events import TravelEvent
from summarise.offline.fiction import is_fiction
from summarise.offline.findings import InvitationFound, VisitFound, is_domestic
from summarise.offline.gatherings import event_of, talks, venue_of
from summarise.offline.grammar import NOWHERE, Grammar
from summarise.offline.headlines import without_headlines
from summarise.offline.invitations import Invitations
from summarise.offline.inviting import Inviting
from summarise.offline.journal import Journal
from summarise.offline.officials import officials_of
from summarise.offline.receivers import Receivers, without_compatriots, without_those_at_home
from summarise.offline.reply import Reply
from summarise.offline.sentence import Sentence, read_sentences
from summarise.offline.serving import Serving, homes_of
from summarise.offline.setting import Setting, state_of_dateline, state_of_item
from summarise.offline.sources import agencies_of
from summarise.offline.stays import Stays
from summarise.offline.summary import summary_of
from summarise.offline.tours import end_no_leg_with_the_tour
from summarise.offline.travel import TravelVerbs
from summarise.offline.travellers import Travellers
from summarise.offline.trips import TripNouns
from summarise.offline.visits import Collector


def extract(index: ArticleIndex) -> dict[str, Any]:
    """The records of an English article as a flat reply of `ArticleSummary`'s contract: no `more` lists.

    Pure: what comes out depends on the article alone.
    """
    sentences = read_sentences(index)
    certain = frozenset(mention.codes[0] for mention in index.places if len(mention.codes) == 1)
    dating = Dating(index)
    grammar = Grammar(certain, index.article.published)
    cast = Cast(sentences, certain, state_of_dateline(index, grammar))
    found, invitations, setting = _found(index, sentences, cast, dating, grammar)
    visits = [visit for visit in found if visit.status != "open" and not _told_better(visit, found)]
    Serving(cast, sentences, setting, homes_of(index, sentences, setting, grammar)).note(visits)
    without_compatriots(visits)
    visits = without_those_at_home(visits)
    invitations = [invitation for invitation in invitations if not is_domestic(invitation)]
    officials = officials_of(cast)
    reply = Reply(sentences, cast, {official["name"] for official in officials}, dating.today)
    news = next((visit for visit in visits if reply.focus(visit) == "main"), next(iter(invitations), None))
    return {
        "officials": officials,
        "visits": [reply.visit(visit) for visit in visits],
        "invitations": [reply.invitation(invitation) for invitation in invitations],
        "summary": summary_of(index, sentences, news),
        **agencies_of(index, cast),
    }


def _found(
    index: ArticleIndex, sentences: Sequence[Sentence], cast: Cast, dating: Dating, grammar: Grammar
) -> tuple[list[VisitFound], list[InvitationFound], Setting]:
    """The visits and invitations, sentence after sentence: what is told later leans on what was told before."""
    here = state_of_dateline(index, grammar)
    setting = Setting(index, cast, here, venue=None)
    grammar.here = setting.home
    setting.venue = venue_of(sentences, grammar)
    visits: Journal[VisitFound] = Journal()
    travellers = Travellers(cast, setting, visits)
    collector = Collector(index, dating, setting, travellers, visits)
    invitations = Invitations(grammar, travellers, dating, visits)
    inviting = Inviting(grammar, cast, travellers, invitations)
    finders = TravelVerbs(grammar), TripNouns(grammar, cast), Stays(grammar, cast)
    for sentence in sentences:
        if is_fiction(sentence):
            continue
        if (item := state_of_item(sentence, grammar)) is not None:
            grammar.here = setting.here = item
        events = [event for finder in finders for event in finder.events(sentence)]
        collector.add(_in_order([*events, *talks(sentence, grammar)]))
        if invitations.found or _may_tell_of_inviting(sentence):
            collector.add(list(inviting.read(sentence)))
    found = without_headlines(visits.findings)
    end_no_leg_with_the_tour(found)
    Receivers(grammar, travellers, setting).fill(sentences, found, invitations.found)
    return found, invitations.found, setting


def _told_better(visit: VisitFound, others: Sequence[VisitFound]) -> bool:
    """Whether "a tour of Africa" is told by its states as well, or is nobody's in particular."""
    if visit.code != NOWHERE or not visit.places:
        return False
    if all(one.country is None for one in visit.visitors.values()):
        return True
    return any(other.code != NOWHERE and other.visitors.keys() & visit.visitors.keys() for other in others)


def _in_order(events: list[TravelEvent]) -> list[TravelEvent]:
    """Events of one sentence with the gatherings that they lead to; those that lean on others come behind them."""
    for event in events:
        if not event.attach:
            event.event, kind = event_of(event.sentence, event.trigger)
            event.kind = kind if event.kind == "unspecified" else event.kind
    return sorted(events, key=lambda event: (event.attach or event.joins, event.onward, event.weak, event.trigger))


def _may_tell_of_inviting(s: Sentence) -> bool:
    """Whether the slower reading is worth while."""
    return not TELLING.isdisjoint(s.vocabulary) or "bidding" in s.vocabulary or "invit" in s.raw.lower()
