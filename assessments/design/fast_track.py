"""A design for an ad hoc request: one outcome, and how little or how much it rests on.

What is said of the doubt follows what was asked and answered, not how the design was asked for: an
officer may keep to one outcome after the whole questionnaire too.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import Said, Share
from assessments.pack.model import Pack
from assessments.results import Answer, Gap, Scores
from assessments.scoring import gather, tier_asked


def one_outcome(pack: Pack, gaps: Sequence[Gap]) -> tuple[tuple[Gap, ...], str]:
    """The gaps that share an outcome with the most severe one, and the name of its area."""
    first = gaps[0].sub_dimension
    group = next((one for one in pack.outcomes if first in one.sub_dimensions), None)
    inside = set(group.sub_dimensions) if group else {first}
    sub = pack.sub_dimension.get(first)
    area = str(sub.name) if sub else first
    return tuple(gap for gap in gaps if gap.sub_dimension in inside), area


def doubt(pack: Pack, answers: Sequence[Answer], scores: Scores, area: str) -> Said:
    """What a reader must hold against a design of one outcome, in figures."""
    gathered = gather(pack, answers)
    tier = tier_asked(gathered)
    asked = [one for one in gathered.values() if tier.includes(one.question.tier)]
    levels = [score for score in scores.sub_dimensions if score.level is not None]
    return _sentences(
        area,
        answered=sum(one.value is not None for one in asked),
        asked=len(asked),
        in_pack=len(pack.questions),
        self_rated=sum(score.basis == "self_rated" for score in levels),
        levels=len(levels),
    )


# --- sentences ------------------------------------------------------------------------------------


def _sentences(
    area: str, *, answered: int, asked: int, in_pack: int, self_rated: int, levels: int
) -> Said:
    """The doubt of a design of one outcome, as far as the questions and answers carry it."""
    share = Share(answered / asked if asked else 0)
    if asked < in_pack:
        rests = Said(
            "It rests on a short questionnaire, {asked} of the {in_pack} questions of the pack; "
            "{answered} of them were answered ({share}). A gap that was not asked about may be "
            "larger.",
            asked=asked, in_pack=in_pack, answered=answered, share=share,
        )  # fmt: skip
    else:
        rests = Said(
            "It rests on the whole questionnaire; {answered} of its {asked} questions were "
            "answered ({share}).",
            asked=asked, answered=answered, share=share,
        )  # fmt: skip
    return Said.together(
        Said(
            "Fast-track design: it holds one outcome only, that of {area!l}; other gaps are left "
            "aside.",
            area=area,
        ),
        rests,
        Said(
            "{self_rated} of {levels} levels are the institutions' own rating, not facts.",
            self_rated=self_rated, levels=levels,
        ) if self_rated else "",
        Said("To be confirmed with the government before it goes further."),
    )  # fmt: skip
