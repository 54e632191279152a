"""The numbers of the statistics that are a judgement, in one place, each with its reason.

No source gives them. They stand together so that whoever doubts one can find it, read why it is
what it is, and see in the tests what it does. Points run from 0 to 100.
"""

from __future__ import annotations

#: A standard deviation is published, and used, from this many respondents on. Under it, the mean
#: in whole points and the deviation together told the exact set of a group's means: of five people
#: in 15 of 60 groups, of five on practices in 44 (see ``tests/attacks/test_small_groups.py``).
MIN_FOR_SD = 10
#: The same for two questions of four steps, as practices have. Two such answers make ten different
#: means, so that a deviation tells more than it does where three questions are asked.
MIN_FOR_SD_OF_TWO_SHORT_ITEMS, SHORT_SCALE = 12, 4
#: The same for a single question. Its mean and deviation are those of the answers themselves. From
#: as many answers on the share of every option is published, too. Questions that allow no more
#: different means than one of five steps, such as two that can only be met or not, count alike.
MIN_FOR_SD_OF_ONE_ITEM, MEANS_OF_ONE_ITEM = 50, 5
#: What stands in the place of a deviation that is not published, with the quantile of the normal
#: distribution instead of Student's t. In a group in which one in five is badly off people lie
#: about 30 points apart; so wide an interval covers such a group at n = 5 as it should, while its
#: own deviation, often 0 by chance, does not (measured, see ``tests/simulations``).
SD_UNLESS_PUBLISHED = 30.0
#: A published deviation counts as at least this: without it, ten alike answers claim certainty.
SD_FLOOR = 10.0
#: Two people say nothing of how far a third may be from them.
MIN_FOR_INTERVAL = 3
LEVEL = 0.95

#: From this difference on a gap between groups is clear, if its interval leaves out zero. Smaller
#: ones may be certain in large groups, and change nothing.
CLEAR_FROM = 10
#: From this difference on a gap that is not clear is worth talking about, if its own interval
#: leaves out zero.
POSSIBLE_FROM = 15

#: Agreement is told from this many pooled respondents on, and from as many as a deviation where
#: that needs more: it is one by another name. Of two items it needs some more, since there it told
#: the exact set of people's means in a quarter of the groups of ten and in none of fifteen.
MIN_FOR_AGREEMENT, MIN_FOR_AGREEMENT_OF_TWO_ITEMS = 10, 15
#: A view is divided where at least this share stands at the lower and at the upper end.
DIVIDED_SHARE = 0.25
LOW_END, HIGH_END = 25.0, 75.0
#: Alpha needs this many complete respondents and items; with fewer its interval says nothing.
MIN_FOR_ALPHA, MIN_ITEMS_FOR_ALPHA = 20, 3

#: Every option has a share of its own from this many answers on; under it there are three classes.
MIN_FOR_OPTIONS = 50
