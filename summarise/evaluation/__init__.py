"""A ledger against annotated articles: which records were found, which are missed or false, how right their fields are.

The protocol, per article and record type:

1. Records that cannot be read, whose dates are not in the calendar, whose quotes are not in the text or whose links
   lead nowhere are dropped and counted (`given`).
2. Gold and given records are aligned one to one by the assignment with the largest sum of similarities; pairs below
   0.5 are never aligned (`align`). A visit: 0.40 F1 of the visitors, 0.30 country (half if one is not told), 0.20 date
   (half if one contains the other), 0.10 class of the status; 0 if no visitor agrees or the countries contradict. An
   invitation: 0.35 inviters, 0.35 invitees, 0.20 country, 0.10 occasion and date. An official: the name.
3. Aligned is found, any other given record false, any other gold record missed. An optional gold record earns and costs
   nothing; one record may meet a group in `merge_ok`; alternatives are as right as the annotated value.
4. Fields are judged on aligned records (`fields`): correct 1, partial 0.5, a set by its F1. In the slots of all records
   those of false ones are spurious and those of missed ones missing.
5. A core visit, the headline, has visitors, country, status class and start right. Micro F1 pools, macro F1 is the mean
   over articles, 1 for one with nothing to find and nothing found. Intervals are bootstrap intervals over articles.
"""

from summarise.evaluation.gold import GoldArticle, read_gold
from summarise.evaluation.result import Evaluation
from summarise.evaluation.run import evaluate

__all__ = ["Evaluation", "GoldArticle", "evaluate", "read_gold"]
