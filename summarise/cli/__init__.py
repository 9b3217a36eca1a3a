"""The command line: `summarise article`, `corpus`, `batch`, `export`, `evaluate`, `report`, `dossier`, `schemas`,
`doctor`.

Exit status: 0 all is well; 1 some articles failed, or a schema is stale or breaks; 2 it could not run, and why;
130 interrupted. What an error says goes to stderr in one line, its hint in a second one.
"""

from __future__ import annotations

import errno
import logging
import sys
from typing import Any, NoReturn

import click

from summarise.cli import output
from summarise.cli.article import article_command
from summarise.cli.batch import batch_group
from summarise.cli.corpus import corpus_command
from summarise.cli.doctor import doctor_command
from summarise.cli.dossier import dossier_command
from summarise.cli.evaluate import evaluate_command
from summarise.cli.export import export_command
from summarise.cli.report import report_command
from summarise.cli.schemas import schemas_group
from summarise.errors import SummariseError

_LOG_ADDRESSES = ("openai", "httpx2", "httpcore2")  # queries and all, and a query may hold a key


class _Commands(click.Group):
    """A group that reports every error alike, and none as a traceback that a user can do something about."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command and exit with its status."""
        try:
            output.prepare()
            status = self._run(*args, **extra)
            output.flush()
        except click.UsageError as error:
            name = error.ctx.command_path if error.ctx else "summarise"
            output.complain(error.format_message(), f"{name} --help shows what it takes.")
            status = 2
        except output.OutputFailed as error:
            output.discard()
            output.complain(error.message, error.hint)
            status = 2
        except click.ClickException as error:
            output.complain(error.format_message())
            status = 2
        except SummariseError as error:
            output.complain(error.message, error.hint)
            status = 2
        except (click.Abort, KeyboardInterrupt):
            output.complain("interrupted")
            status = 130
        except BrokenPipeError:  # nobody reads on (`| head`)
            output.discard()
            status = 1
        sys.exit(status)

    def _run(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **{**extra, "prog_name": "summarise", "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:  # a group alone: what it offers, and no error
            output.say(error.format_message())
            return 0
        except OSError as problem:  # the help, which click writes itself
            if problem.errno != errno.ENOSPC or problem.filename is not None:
                raise
            raise output.OutputFailed.of(problem) from problem


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from summarise.version import VERSION

        output.say(f"summarise {VERSION}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@click.option("-v", "--verbose", is_flag=True, help="Log what happens to stderr.")
def main(verbose: bool) -> None:
    """Turn news articles about diplomacy into records: visits, invitations, officials.

    The key and the endpoint come from OPENAI_API_KEY and OPENAI_BASE_URL, or from the options of a command;
    --model offline needs neither.
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    for name in _LOG_ADDRESSES:
        logging.getLogger(name).setLevel(logging.WARNING)


main.add_command(article_command)
main.add_command(corpus_command)
main.add_command(batch_group)
main.add_command(export_command)
main.add_command(evaluate_command)
main.add_command(report_command)
main.add_command(dossier_command)
main.add_command(schemas_group)
main.add_command(doctor_command)
