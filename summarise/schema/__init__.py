"""Records -> schemas: what a model is asked for, how its reply is read, and the schema files.

The record models are the single source. `contract` derives from a summary class what a reply needs, `flatten` and
`validate` read one, `write`, `check` and `diff` keep the schema files and tell what a change breaks.
"""

from summarise.schema.changes import Change, diff
from summarise.schema.contract import ReplyContract, contract
from summarise.schema.forms import DateReply
from summarise.schema.reading import Fault, Flattened, Validated, flatten, validate
from summarise.schema.store import check, record_schema, reply_schema_file, write
from summarise.schema.strict import strict_faults

__all__ = [
    "Change",
    "DateReply",
    "Fault",
    "Flattened",
    "ReplyContract",
    "Validated",
    "check",
    "contract",
    "diff",
    "flatten",
    "record_schema",
    "reply_schema_file",
    "strict_faults",
    "validate",
    "write",
]
