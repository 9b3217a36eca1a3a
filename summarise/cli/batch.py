"""`summarise batch`: a corpus through a provider's batch API, at half the price and within a day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarise.cli.corpus import nothing_failed, nothing_to_retry, say_left
from summarise.cli.corpus_options import money_options, selection_options, sending_options
from summarise.cli.options import (
    endpoint_options,
    endpoint_settings,
    or_default,
    published_option,
    schema_option,
    source_options,
)
from summarise.cli.output import complain, say, say_json, show

if TYPE_CHECKING:
    from datetime import date

    from summarise.corpus.batch.allowance import Allowance
    from summarise.corpus.batch.collect import Gathered
    from summarise.corpus.batch.journal import Journal, Part
    from summarise.corpus.batch.rows import Book
    from summarise.corpus.items import Found
    from summarise.corpus.limits import Limits
    from summarise.corpus.outcome import OnRow
    from summarise.corpus.selection import Selection
    from summarise.errors import ConfigurationError
    from summarise.records import ArticleSummary
    from summarise.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_ledger = click.argument("ledger_path", metavar="LEDGER.jsonl", type=Path)
_address = click.option(
    "--base-url", metavar="URL", help="The endpoint again, if its address holds a password. [env: OPENAI_BASE_URL]"
)
_wait = click.option("--wait", is_flag=True, help="Wait until everything is back, follow-ups included, and collect it.")


def _live(command: Command) -> Command:
    command = click.option(
        "--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="Live calls at a time, at most."
    )(command)
    return click.option(
        "--finish-live", is_flag=True, help="Ask again with live calls, at the usual price, and not with another batch."
    )(command)


@click.group("batch", short_help="The same through a provider's batches, at half the price.")
def batch_group() -> None:
    """Read a corpus through the provider's batch API: half the price, within a day.

    `submit` sends the articles out, `status` tells how far they are, `collect` writes what has come into the ledger and
    sends out again what is to be asked again. What is out is kept in a folder beside the ledger: every step can be
    repeated, and done on another day, whatever ended the one before.
    """


@batch_group.command("submit")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--out", "ledger_path", metavar="LEDGER.jsonl", type=Path, required=True, help="The ledger.")
@source_options
@published_option()
@endpoint_options(offline=False)
@schema_option
@selection_options
@money_options
@click.option("--refresh", is_flag=True, help="Send again what another model, prompt or schema has read.")
@click.option(
    "--batch-requests", type=click.IntRange(1, 50_000), default=50_000, show_default=True, help="Of a batch, at most."
)
@click.option(
    "--batch-bytes", type=click.IntRange(min=1), default=200_000_000, show_default=True, help="Of its file, at most."
)
@_wait
@_live
def submit_command(
    paths: tuple[str, ...],
    ledger_path: Path,
    text_field: str | None,
    id_field: str | None,
    date_field: str | None,
    published: date | None,
    model: str | None,
    base_url: str | None,
    no_second_opinion: bool,
    context: int | None,
    schema: type[ArticleSummary] | None,
    selection: Selection,
    limits: Limits,
    estimate: bool,
    refresh: bool,
    batch_requests: int,
    batch_bytes: int,
    wait: bool,
    finish_live: bool,
    concurrency: int,
) -> int:
    """Send the articles of a corpus out in batches.

    PATH and the options are those of `summarise corpus`. What the ledger has as ok is left out, and so is what is out
    already; a text that comes under several ids is sent once. What cannot be read becomes a failed row at once.

    --max-cost and --max-tokens limit what this command sends by what it is expected to use, with --wait the follow-ups
    as well; --limit N sends N articles.

    Exit status: 0 everything is out; 1 some articles failed or were passed over, or a limit of cost was reached; 2 it
    could not go through, and why; with --wait that of collect.
    """
    from summarise.corpus.batch.folder import ledger_and_beside
    from summarise.corpus.files import TablesLeft
    from summarise.corpus.items import dated
    from summarise.corpus.rows import Fields
    from summarise.corpus.sources import articles, survey

    fields, left_out = Fields(text_field, id_field, date_field), ledger_and_beside(ledger_path)
    items: Iterable[Found] = dated(articles(paths, fields, leave_out=left_out), published)
    if estimate:
        from summarise.cli.estimate import show_estimate
        from summarise.corpus.batch.parts import ids_out

        out = ids_out(ledger_path)
        items = (item for item in items if item.id not in out)
        show_estimate(
            items,
            ledger_path,
            schema,
            selection,
            limits,
            refresh,
            model=model,
            base_url=base_url,
            context=context,
            batch=True,
        )
        return 0
    settings = endpoint_settings(model, base_url, no_second_opinion, context)
    if settings.offline:
        raise click.UsageError("--model offline asks no provider: use `summarise corpus`.")
    if settings.local:
        raise click.UsageError("a model on this machine has no batches: use `summarise corpus`.")
    from summarise.api import Summariser
    from summarise.cli.batch_view import sent_line
    from summarise.corpus.batch.allowance import Allowance
    from summarise.corpus.batch.asking import Desk
    from summarise.corpus.batch.journal import Cuts, Journal
    from summarise.corpus.batch.submit import Submitted, submit

    reader = Summariser(or_default(schema), settings=settings)
    left = TablesLeft()
    survey(paths, fields, leave_out=left_out, left=left)
    limits.check(reader)
    if selection.retry_failed and not ledger_path.exists():
        raise nothing_failed(ledger_path)
    with _at_work(ledger_path, 0) as (book, _):
        failed = any(entry.status == "failed" for entry in book.ledger.entries.values())
        if selection.retry_failed and not failed:
            say(nothing_to_retry(ledger_path, book.ledger.entries))
            return 0
        journal = Journal(ledger_path, writing=True)
        done, sent, fetches = Submitted(), set[int](), False

        def on_sent(part: Part) -> None:
            sent.add(part.number)
            say(sent_line(part))

        desk = Desk(journal, settings, _records)
        try:
            chosen = selection.of(items, book.ledger.entries)
            cuts = Cuts(requests=batch_requests, size=batch_bytes)
            submit(
                chosen,
                reader,
                journal,
                book,
                desk.client,
                limits=limits,
                cuts=cuts,
                refresh=refresh,
                done=done,
                on_sent=on_sent,
            )
            fetches = wait
        finally:
            desk.close()
            _tell_submitted(done, book, journal, ledger_path, fetches=fetches)
    _tell_price(settings)
    say_left(left)
    if wait:
        allowance = Allowance(limits, done.sent, sent)
        return _collect(ledger_path, settings, allowance, wait=True, live=concurrency if finish_live else 0)
    outcome = book.outcome
    return int(outcome.failed > 0 or outcome.unread > 0 or done.limit is not None)


@batch_group.command("status")
@_ledger
@_address
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status_command(ledger_path: Path, base_url: str | None, as_json: bool) -> int:
    """Tell how far the batches of a ledger are.

    Exit status: 0 nothing is under way (all batches have ended, or are collected); 1 some are; 2 it cannot be told, or
    not of one that the provider does not know, and no other is under way.
    """
    from summarise.cli.batch_view import UNKNOWN, status_json, status_of, status_view
    from summarise.corpus.batch.asking import Desk
    from summarise.corpus.batch.journal import Journal

    journal = Journal(ledger_path)
    if not journal.key:
        raise _no_batches(ledger_path)
    desk = Desk(journal, _settings(base_url), _records)
    try:
        found = status_of(journal, desk)
    finally:
        desk.close()
    if as_json:
        say_json(status_json(found, journal, ledger_path))
    else:
        show(status_view(found, journal, ledger_path))
    if any(line.under_way for line in found):
        return 1
    return 2 if any(line.state == UNKNOWN for line in found) else 0


@batch_group.command("collect", short_help="Write what has come back, and ask again.")
@_ledger
@_address
@sending_options
@_wait
@_live
def collect_command(
    ledger_path: Path, base_url: str | None, limits: Limits, wait: bool, finish_live: bool, concurrency: int
) -> int:
    """Write what has come back into the ledger, and ask again what is to be asked again.

    Replies are judged by what they were asked with: model, prompt, settings and records are those of `submit`.

    --max-cost and --max-tokens limit what this command sends, follow-ups and live calls, by what it is expected to use:
    the rest waits for another collect.

    Exit status: 0 everything that was out is in the ledger as ok; 1 some failed, or is still out; 2 it could not go
    through, and why; 130 interrupted.
    """
    from summarise.corpus.batch.allowance import Allowance

    return _collect(
        ledger_path, _settings(base_url), Allowance(limits), wait=wait, live=concurrency if finish_live else 0
    )


def _collect(ledger_path: Path, settings: Settings, allowance: Allowance, *, wait: bool, live: int) -> int:
    from summarise.cli.batch_view import out_line, waiting_line
    from summarise.cli.interrupting import listening
    from summarise.corpus.batch.asking import Desk
    from summarise.corpus.batch.collect import Gathered
    from summarise.corpus.batch.journal import Journal
    from summarise.corpus.batch.waiting import collect, pauses_of
    from summarise.display import outcome_lines
    from summarise.errors import SummariseError

    before = Journal(ledger_path)
    if not before.key:
        raise _no_batches(ledger_path)
    found, interrupted = Gathered(), False
    with _at_work(ledger_path, before.out) as (book, on_row):
        journal = Journal(ledger_path, writing=True)
        desk = Desk(journal, settings, _records)
        try:
            collect(
                journal,
                book,
                desk,
                on_row=on_row,
                live=live,
                pauses=pauses_of(settings) if wait else None,
                before_pause=lambda found, seconds: say(waiting_line(found, journal, seconds)),
                listening=listening,
                found=found,
                allowance=allowance,
            )
        except KeyboardInterrupt:
            interrupted = True
        except SummariseError as error:
            found.stopped = error
        finally:
            desk.close()
    if book.outcome.done:
        for line in outcome_lines(book.outcome, book.outcome.done):
            say(line)
    elif not before.parts:
        say(f"nothing is out: everything is in {ledger_path}")
    _tell_found(found)
    if journal.parts:
        say(out_line(journal, ledger_path))
    if interrupted or found.interrupted:
        complain("interrupted: what is out is not lost", f"summarise batch collect {ledger_path} goes on.")
        return 130
    if found.stopped is not None:
        complain(f"stopped: {found.stopped.message}", found.stopped.hint)
        return 1 if book.outcome.ok else 2
    if allowance.reached is not None:
        complain(
            f"nothing further was sent: {allowance.reached.message}",
            f"summarise batch collect {ledger_path} goes on; a limit given to it counts from nothing again.",
        )
        return 1
    return int(book.outcome.failed > 0 or bool(journal.parts))


def _tell_found(found: Gathered) -> None:
    from summarise.cli.batch_view import again_line, first_of

    if found.again:
        say(again_line(found))
    for batch, lines in found.refused:
        complain(f"{batch} did not pass the provider's validation; none of its requests was made:")
        for line in first_of(lines or ("no reason given",)):
            click.echo(f"  {line}", file=sys.stderr)
    for line in dict.fromkeys(found.crowded):
        complain(f"there was no room for a batch: {line}", "It is sent again when another one has ended.")
    for error in dict.fromkeys(error.message for error in found.unknown):
        complain(error, found.unknown[0].hint)
    if found.changed:
        number = len(found.changed)
        files = f"{number} file{'s' * (number != 1)}"
        complain(
            f"{files} changed after being sent, such as {found.changed[0]}: the rows are of the text that was sent",
            "Submit again to send the new text.",
        )


def _tell_submitted(done: Any, book: Book, journal: Journal, ledger_path: Path, *, fetches: bool) -> None:
    from summarise.cli.batch_view import out_line, submitted_lines

    for line in submitted_lines(done, book.outcome):
        say(line)
    if journal.parts and not fetches:  # the command itself, if it waits
        say(out_line(journal, ledger_path))


def _tell_price(settings: Settings) -> None:
    from summarise.tokens import cost, lists_batch_price

    known = cost(settings.model, input_tokens=1, cached_tokens=0, output_tokens=1, base_url=settings.base_url)
    if known is not None and not lists_batch_price(settings.model, settings.base_url):
        say(f"genai-prices lists no batch price for {settings.model}: half of its usual price is reckoned with")


@contextmanager
def _at_work(ledger_path: Path, total: int) -> Iterator[tuple[Book, OnRow]]:
    """The ledger, locked, with what writes into it and what shows it; SIGTERM and SIGHUP are as Ctrl-C."""
    from summarise.cli.batch_view import progress
    from summarise.cli.interrupting import endings_as_interrupt
    from summarise.corpus.batch.rows import Book
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.outcome import RunOutcome

    with endings_as_interrupt(), Ledger(ledger_path) as ledger, progress(total) as show_progress:
        yield Book(ledger, RunOutcome(), show_progress, show_progress), show_progress


def _settings(base_url: str | None) -> Settings:
    from summarise.model.ladder import OPENAI_URL
    from summarise.settings import changed_settings, load_settings

    # What the environment says of a model is of no account here: what was asked is in the journal.
    settings = load_settings(model="as-submitted", base_url=base_url)
    return changed_settings(settings, base_url=settings.base_url or OPENAI_URL)


def _records(name: str) -> type[ArticleSummary]:
    from summarise.cli.options import load_schema

    return load_schema(name)


def _no_batches(ledger: Path) -> ConfigurationError:
    from summarise.corpus.batch.folder import folder_of
    from summarise.errors import ConfigurationError

    return ConfigurationError(
        f"there is no folder {folder_of(ledger)}, so nothing of {ledger} is out in batches",
        hint="Send articles out with `summarise batch submit PATH... --out LEDGER.jsonl`.",
    )
