"""How results look: tables for a terminal, plain lines for everything else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from summarise.corpus.items import Complaint
    from summarise.corpus.ledger import LedgerRow
    from summarise.corpus.outcome import RunOutcome
    from summarise.questions import Answer, AnyRecord
    from summarise.records import ArticleSummary, DateSpan, Evidence, Official, Party, Usage

_FIRST = ("visits", "invitations", "officials")
_LONGEST_QUOTE = 90  # characters of a sentence in a table: enough to recognise it
_EMPTY = "–"
_FIRST_TO_SEE = 3  # articles named for a closer look
_DIFFERENCES = {
    "second_opinion_extra": ("record that only the model has", "records that only the model has"),
    "second_opinion_missing": ("record that only the rules have", "records that only the rules have"),
    "second_opinion_status": ("state", "states"),
    "second_opinion_year": ("year", "years"),
}


def one_line(text: str, longest: int | None = None) -> str:
    """`text` on one line without control characters, which an article might use to paint on the terminal."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    line = " ".join(kept.split())
    return line if longest is None or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def summary_view(summary: ArticleSummary) -> RenderableType:
    """One article's records as tables for a terminal, with the evidence and everything that gave rise to doubt."""
    parts: list[RenderableType] = [_header(summary)]
    for title, table in (
        ("Visits", _visits(summary)),
        ("Invitations", _invitations(summary)),
        ("Officials", _officials(summary)),
        ("Rejected", _rejected(summary)),
        ("Concerns", _concerns(summary)),
    ):
        if table.row_count:
            parts += [Text(), Text(f"{title} ({table.row_count})", style="bold"), table]
    if not (summary.visits or summary.invitations or summary.officials):
        parts += [Text(), Text("No visit, no invitation, no official.")]
    return Group(*parts)


def _header(summary: ArticleSummary) -> RenderableType:
    facts = [f"published {summary.published or 'unknown'}", f"language {summary.language or 'unknown'}"]
    if summary.dateline:
        facts.insert(0, one_line(summary.dateline))
    lines = [Text(one_line(summary.headline or "(no headline)"), style="bold"), Text(", ".join(facts), style="dim")]
    if summary.provenance is not None:
        made = summary.provenance
        tries = len(made.attempts)
        effort = f"{one_line(made.model)}: {usage_text(made.usage)}"
        if made.engine == "model":
            effort += f", {tries} attempt{'s' * (tries != 1)}"
            effort += f", read in {len(made.windows)} windows" if made.windows else ""
        lines.append(Text(effort, style="dim"))
        lines += [Text(f"warning: {one_line(warning)}", style="yellow") for warning in made.warnings]
    if summary.summary:
        lines += [Text(), Text(one_line(summary.summary))]
    return Group(*lines)


_DAY = len("to 2023-10-18")
"""Columns below which a date would look like another one."""


def _table(*, header: bool = True) -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, show_header=header)


def corpus_visits(rows: Iterable[LedgerRow]) -> RenderableType:
    """The visits of many articles in one table, in the order of the rows; failed rows have none."""
    from summarise.records import ArticleSummary

    table = _table()
    table.add_column("article", max_width=24)
    table.add_column("visitors", min_width=8, max_width=30)
    table.add_column("to", no_wrap=True)
    table.add_column("when", min_width=_DAY, max_width=26)
    table.add_column("status", no_wrap=True)
    for row in rows:
        summary = row.parsed(ArticleSummary)
        for visit in summary.visits if summary is not None else ():
            table.add_row(
                Text(one_line(row.id)),
                _people(visit.visitors),
                visit.country or _EMPTY,
                _when(visit.when),
                visit.status,
            )
    if not table.row_count:
        return Text("No visit in these articles.")
    return Group(Text(), Text(f"Visits ({table.row_count})", style="bold"), table)


def answers_view(answers: Iterable[Answer[AnyRecord]]) -> RenderableType:
    """What a question of `summarise.questions` found, a line for each record, with its article and its sentences."""
    from summarise.records import Invitation, Visit

    table = _table()
    table.add_column("article", max_width=24, overflow="fold")
    table.add_column("who", min_width=8, max_width=30)
    table.add_column("to", no_wrap=True)
    table.add_column("when", min_width=_DAY, max_width=16)
    table.add_column("status", max_width=18)
    table.add_column("evidence", ratio=1)
    for answer in answers:
        record = answer.record
        match record:
            case Visit():
                line = (_people(record.visitors), record.country or _EMPTY, _when(record.when), Text(record.status))
            case Invitation():
                parties = _people([*record.inviters, *record.invitees])
                line = (
                    parties,
                    record.country or _EMPTY,
                    _when(record.proposed),
                    Text(f"invitation\n{record.response}"),
                )
            case _:
                line = (Text(one_line(record.name)), record.country or _EMPTY, Text(_EMPTY), _role(record))
        article = Text(one_line(answer.article or _EMPTY))
        if answer.published:
            article.append(f"\n{answer.published}", style="dim")
        table.add_row(article, *line, _quotes(record.evidence))
    return table if table.row_count else Text("No record.")


def _visits(summary: ArticleSummary) -> Table:
    table = _table()
    table.add_column("visitors", min_width=8, max_width=24)
    table.add_column("to", no_wrap=True)
    table.add_column("when", min_width=_DAY, max_width=16)
    table.add_column("status", no_wrap=True)
    table.add_column("evidence", ratio=1)
    for visit in summary.visits:
        status = Text(visit.status)
        if visit.focus == "background":
            status.append("\nbackground", style="dim")
        table.add_row(
            _people(visit.visitors), visit.country or _EMPTY, _when(visit.when), status, _quotes(visit.evidence)
        )
    return table


def _invitations(summary: ArticleSummary) -> Table:
    table = _table()
    table.add_column("from", min_width=8, max_width=18)
    table.add_column("to", min_width=8, max_width=18)
    table.add_column("where", no_wrap=True)
    table.add_column("answer", no_wrap=True)
    table.add_column("evidence", ratio=1)
    for invitation in summary.invitations:
        answer = Text(invitation.response)
        if invitation.status != "extended":
            answer.append(f"\n{invitation.status}", style="dim")
        table.add_row(
            _people(invitation.inviters),
            _people(invitation.invitees),
            invitation.country or _EMPTY,
            answer,
            _quotes(invitation.evidence),
        )
    return table


def _officials(summary: ArticleSummary) -> Table:
    table = _table()
    table.add_column("name", min_width=8, max_width=26)
    table.add_column("of", no_wrap=True)
    table.add_column("role", no_wrap=True)
    table.add_column("titles", ratio=1)
    for official in summary.officials:
        table.add_row(
            Text(one_line(official.name)), official.country or _EMPTY, _role(official), _joined(official.titles)
        )
    return table


def _rejected(summary: ArticleSummary) -> Table:
    table = _table(header=False)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for rejection in summary.rejected:
        table.add_row(Text(rejection.type, style="red"), _joined(rejection.reasons, "\n"))
    return table


def _concerns(summary: ArticleSummary) -> Table:
    table = _table(header=False)
    table.add_column(max_width=24)
    table.add_column(ratio=1)
    for concern in summary.concerns:
        told = concern.sentence is None or "sentence" in concern.message
        place = "" if told else f" (sentence {concern.sentence})"
        table.add_row(Text(one_line(concern.path), style="yellow"), Text(one_line(concern.message) + place))
    return table


def _people(parties: list[Party]) -> Text:
    return _joined([f"{party.name} ({party.country})" if party.country else party.name for party in parties], "\n")


def _role(official: Official) -> Text:
    role = Text(official.role)
    if official.tenure != "current":
        role.append(f"\n{official.tenure}", style="dim")
    return role


def _when(span: DateSpan) -> Text:
    if span.start is None:
        return Text(one_line(span.text) if span.text else _EMPTY)
    if span.end not in (None, span.start):
        return Text(f"{span.start}\nto {span.end}")
    # A vague date is the first one possible, and no more.
    return Text(f"since {span.start}" if span.precision == "vague" else span.start)


def _quotes(evidence: list[Evidence]) -> Text:
    return _joined([f"{piece.sentence}: {one_line(piece.text, _LONGEST_QUOTE)}" for piece in evidence], "\n")


def _joined(pieces: list[str], separator: str = ", ") -> Text:
    return Text(separator.join(map(one_line, pieces)) or _EMPTY)


def usage_text(usage: Usage) -> str:
    """Tokens in and out, and the cost in US dollars where it is known."""
    if not usage.requests and not usage.input_tokens + usage.output_tokens:
        return "no model call"
    price = "" if usage.cost is None else f", {money(usage.cost)}"
    return f"{usage.input_tokens}+{usage.output_tokens} tokens{price}"


def money(dollars: float) -> str:
    """An amount in US dollars, to the hundredth of a cent below ten dollars."""
    return f"${dollars:.4f}" if dollars < 10 else f"${dollars:,.2f}"


def counts_text(counts: Mapping[str, int]) -> str:
    """How many records of which type, such as `4 visits, 1 invitation`."""
    names = [name for name in _FIRST if counts.get(name)] + [name for name in counts if name not in _FIRST]
    texts = [f"{counts[name]} {name[:-1] if counts[name] == 1 and name in _FIRST else name}" for name in names]
    return ", ".join(texts) or "no records"


def row_line(row: LedgerRow) -> str:
    """One article of a corpus on one line."""
    if row.error is not None:
        return f"FAILED  {one_line(row.id)}: {row.error.kind}: {one_line(row.error.message)}"
    return f"ok      {one_line(row.id)}  {counts_text(row.counts)}, {usage_text(row.usage)}"


def complaint_line(complaint: Complaint) -> str:
    """Something that gave no article and no row in the ledger, on one line; the message names the place."""
    return f"PASSED OVER  {complaint.error.kind}: {one_line(complaint.error.message)}"


def outcome_lines(outcome: RunOutcome, total: int | None) -> Iterator[str]:
    """What a run did, in a few lines; `total` is None where nobody knows how many articles there are."""
    parts = [f"{outcome.ok} read", f"{outcome.kept} kept from before", f"{outcome.failed} failed"]
    if outcome.passed_over:
        parts.append(f"{outcome.passed_over.total()} passed over")
    if total is None:
        parts.append("the rest not read")
    elif outcome.done < total:
        parts.append(f"{total - outcome.done} not read")
    number = outcome.done if total is None else total
    yield f"{number} article{'s' * (number != 1)}: {', '.join(parts)}"
    yield f"records: {counts_text(outcome.records)}"
    yield f"spent: {_spent(outcome)}"
    if outcome.found:
        replies = "reply was" if outcome.found == 1 else "replies were"
        yield f"  {outcome.found} {replies} left behind by an earlier run, which paid for that"
    if outcome.given_up:
        calls = "call was" if outcome.given_up == 1 else "calls were"
        yield f"  {outcome.given_up} {calls} given up without a reply, which may have to be paid all the same"
    yield from _differences(outcome)
    for number, what in ((outcome.older, "another model, prompt or schema"), (outcome.set_otherwise, "other settings")):
        if number:
            rows, them = ("row is", "it") if number == 1 else ("rows are", "them")
            yield f"{number} kept {rows} from {what}: --refresh reads {them} again"
    if outcome.warning is not None:
        article, warning = outcome.warning
        articles = f"{outcome.warned} article{'s' * (outcome.warned != 1)}"
        yield f"{articles} with a warning, such as {one_line(article)}: {one_line(warning)}"
    if outcome.shares is not None:
        id, first = map(one_line, outcome.shares)
        have, share = ("has", "shares") if outcome.shared == 1 else ("have", "share")
        articles = f"{outcome.shared} article{'s' * (outcome.shared != 1)}"
        yield f"{articles} {have} the text of another and {share} its result, such as {id}: the text of {first}"
    for kind, number in outcome.passed_over.most_common():
        error = outcome.complaints[kind].error
        yield f"{number} passed over: {kind}, such as {one_line(error.message)}"
        if error.hint:
            yield f"  hint: {error.hint}"
    for kind, number in outcome.failures.most_common():
        example = outcome.examples[kind]
        assert example.error is not None
        yield f"{number} {kind}, such as {one_line(example.id)}: {one_line(example.error.message)}"
        if example.error.hint:
            yield f"  hint: {example.error.hint}"


def _differences(outcome: RunOutcome) -> Iterator[str]:
    """Where the second opinion differs, and where to look first."""
    if not outcome.differing:
        return
    kinds = [
        f"{number} {_DIFFERENCES.get(kind, (kind, kind))[number != 1]}"
        for kind, number in outcome.differences.most_common()
    ]
    articles = f"{len(outcome.differing)} article{'s' * (len(outcome.differing) != 1)}"
    yield f"the second opinion differs on {articles}: {', '.join(kinds)}"
    first = [f"{one_line(id)} ({number})" for id, number in outcome.differing.most_common(_FIRST_TO_SEE)]
    yield f"  look first at {', '.join(first)}"


def _spent(outcome: RunOutcome) -> str:
    if not (outcome.input_tokens or outcome.output_tokens or outcome.cost or outcome.unpriced):
        return "nothing"
    tokens = f"{outcome.input_tokens:,}+{outcome.output_tokens:,} tokens"
    if outcome.cached_tokens:
        tokens += f" ({outcome.cached_tokens:,} from the cache)"
    if not outcome.unpriced:
        return f"{tokens}, {money(outcome.cost)}"
    known = f"{money(outcome.cost)} and " if outcome.cost else ""
    articles = f"{outcome.unpriced} article{'s' * (outcome.unpriced != 1)}"
    return f"{tokens}, {known}{articles} at a price that is not known"


def found_line(row: LedgerRow | Complaint) -> str:
    """One line about an article that was read, failed, or could not be had."""
    from summarise.corpus.ledger import LedgerRow

    return row_line(row) if isinstance(row, LedgerRow) else complaint_line(row)
