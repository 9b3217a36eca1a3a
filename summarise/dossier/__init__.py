"""The dossier: the records of many articles brought together, conservatively, each merge with its reason.

`build` calls the rooms in turn: `reading` (rows), `cast` and `persons` (who is who), `stays` and `visits` (one visit),
`asked` (one invitation), `fulfilment` (what it led to), `journeys` (legs of one trip), `history` and `assemble`.
"""

from summarise.dossier.build import build_dossier as build_dossier
from summarise.dossier.model import Dossier as Dossier
from summarise.dossier.overrides import Overrides as Overrides
from summarise.dossier.write import write_dossier as write_dossier
