"""What a document is not, said on its first page."""

from __future__ import annotations

from assessments.report.wording import Wording


def disclaimer(words: Wording) -> tuple[str, ...]:
    """In paragraphs, for every document that is made from assessments."""
    return (
        words.say(
            "This is a planning assessment from answers given by national authorities. It is not a "
            "rating, a review or a certification, it does not rank countries, and it is not an "
            "official document of any organization."
        ),
        words.say(
            "The designations employed and the presentation of material do not imply the "
            "expression of any opinion concerning the legal status of any country, territory, city "
            "or area or of its authorities, or concerning the delimitation of its frontiers or "
            "boundaries."
        ),
        words.say(
            "No statement on treaty paragraphs replaces or anticipates a mechanism for the review "
            "of the implementation of the treaty."
        ),
    )
