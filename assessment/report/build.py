"""Tells a published profile: the headline first, then what follows, then what the answers say."""

from __future__ import annotations

from assessment.report.blocks import (
    actions,
    agreed_answers,
    annex,
    before_agreement,
    boundaries,
    claimed,
    concerns,
    distributions,
    gates,
    gates_by_kind,
    groups,
    key_messages,
    ladders,
    next_steps,
    offer_path,
    offers,
    own_words,
    respondents,
    scores,
    tallies,
)
from assessment.report.blocks import start as starting
from assessment.report.blocks.overall import overall
from assessment.report.headline import headline
from assessment.report.model import Report
from assessment.report.round_details import NO_ROUND, Round
from questionnaires.content_folder import use
from scoring.result import Result


def build_report(result: Result, round_: Round = NO_ROUND) -> Report:
    """The report of a result, and of what is known of its round beside the answers."""
    with use(result.library.content):
        return _built(result, round_)


def _built(result: Result, round_: Round) -> Report:
    profile, guidance = result.profile, result.rulebook
    library = result.library
    listed = actions.listed_by_domain(profile, guidance)
    todo = actions.actions(profile, guidance)
    start = starting.start(profile, result.stability, guidance, round_)
    columns, matrix = groups.matrix(profile, library)
    spread = distributions.answers(profile, library)
    own = (
        distributions.spreads(spread),
        gates.gates_table(result),
        scores.scores(profile, library),
        matrix,
        ladders.places(profile, guidance),
        annex.statistics(profile, library),
        annex.figures(profile, library),
        offers.offers(result),
        offers.risks(result),
        next_steps.changes(result),
        concerns.responses(result),
        actions.list_to_tick(listed),
        actions.actions_table(todo, library),
        *own_words.tables(round_, library),
    )
    tables = {one.id: one for one in own}
    found = [
        offer_path.path(profile, guidance),
        gates.blocked(result, tables["offers"]),
        gates_by_kind.gates_by_kind(profile, guidance),
        gates.gates(result, tables["gates"]),
        scores.domains(profile, library, tables["scores"]),
        scores.dimensions(profile, library, tables["scores"]),
        scores.gaps(profile, library),
        groups.heat(profile, columns, matrix),
        own_words.statements(round_),
        ladders.ladders(profile, guidance, tables["ladder"]),
        boundaries.boundaries(profile, library),
        tallies.tallies(profile, library, round_),
        own_words.written(round_, library),
        todo,
        actions.all_actions(listed),
        concerns.concerns(profile, guidance),
        agreed_answers.agreed(result, round_),
        before_agreement.before_agreement(result, round_),
        claimed.claimed(profile, library),
        respondents.respondents(profile, round_),
        scores.cautions(profile),
        annex.annex(result, tables["statistics"]),
    ]
    tables |= {block.table.id: block.table for block in found if block and block.table}
    blocks = {block.id: block for block in found if block is not None}
    band, title, sentence = overall(profile, guidance, round_)
    return Report(
        result=result,
        organisation=profile.organisation,
        meta=respondents.meta(profile, round_),
        headline=headline(profile),
        key_messages=key_messages.key_messages(profile, guidance, round_, start, blocks),
        band=band,
        band_title=title,
        band_sentence=sentence,
        round=round_,
        start=start,
        next=next_steps.steps(profile, guidance),
        next_sentence=next_steps.sentence(profile),
        blocks=tuple(blocks.values()),
        answer_blocks=spread,
        tables=tables,
    )
