"""A corpus on many machines, with Ray: Ray Data reads, one reader on each worker asks the model, one driver writes.

- `source`: the files as a Ray dataset, a row for each article or complaint
- `reader`: what each worker runs; `ArticleReader` is the part that anybody may use in `Dataset.map_batches`
- `coordinator`: one small actor that divides the quota (`leases`) and sees that no article is read twice (`claims`)
- `results`: the folder of part files that the driver writes, the only writer
- `job`: the run from end to end; `ending` ends it before Ray is shut down

Nothing here imports Ray before it is needed.
"""

from summarise.corpus.cluster.reader import ArticleReader
from summarise.corpus.cluster.session import shared_quota

__all__ = ["ArticleReader", "shared_quota"]
