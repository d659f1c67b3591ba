/** Lines 10, 12 to 16: policies that were in force, and what shows that they were followed. */
import { isDeclarable } from '../decisions/interests.ts';
import type { GovernanceFacts, PolicyInForce } from './facts.ts';
import { policiesAskedFor, type TopicAskedFor } from './policies.ts';
import { type Evidence, type Finding, lacking, named, notApplicable, unknown, yes } from './questions.ts';

/** Lines 10a and 16a, to which `no` is as good an answer. */
export function circumstance(facts: GovernanceFacts, name: 'chapters' | 'jointVenture', what: string): Finding {
  const is = facts.circumstances[name];
  if (is === null) return unknown([`Record with the fiscal year whether the organisation ${what}.`]);
  const evidence: Evidence[] = [
    { kind: 'fiscal-year', id: facts.period.to, title: 'The fiscal year', date: facts.period.to },
  ];
  return { answer: is ? 'yes' : 'no', description: null, evidence, missing: [] };
}

/** Lines 10b and 16b are asked of whoever says yes to 10a or 16a. */
export function policyWhere(facts: GovernanceFacts, asked: Finding, topic: TopicAskedFor): Finding {
  if (asked.answer === 'no') return notApplicable('Not asked, as the line before it is answered no.');
  if (asked.answer === 'unknown') return unknown(asked.missing);
  return policyHeld(facts, topic);
}

/**
 * As of the end of the year, or of today while it lasts; adopted by the board, or by a committee that may act for it: so the
 * instructions to Form 990, Part VI, Section B.
 */
export function policyHeld(facts: GovernanceFacts, topic: TopicAskedFor): Finding {
  const { period, today, policies, circumstances } = facts;
  const isOver = period.to < today;
  const policy = policies.get(topic);
  const what = policiesAskedFor[topic];
  if (policy === undefined || isEnded(policy, isOver ? period.to : today)) {
    const when = isOver ? `as of ${period.to}` : 'so far';
    return lacking(isOver)([
      `The book shows no ${what} in force ${when}. Have the board adopt one, archive it, and designate it as "${topic}".`,
    ]);
  }
  const evidence = evidenceOf(topic, policy);
  const { adoption } = policy;
  if (adoption === null) {
    return unknown(
      [`Nothing shows that the board adopted the ${what}. Designate it with the resolution that did.`],
      evidence,
    );
  }
  const mayAct =
    adoption.by === 'board' || (adoption.by === 'committee' && circumstances.committeesActForBoard === true);
  if (!mayAct) {
    const remedy =
      adoption.by === 'committee'
        ? 'Record with the fiscal year whether committees may act for the board, or have the board adopt it.'
        : 'Have the board adopt it.';
    return unknown([`The ${what} was not adopted by the board. ${remedy}`], evidence);
  }
  return yes(evidence);
}

const isEnded = ({ adoption }: PolicyInForce, on: string) => adoption?.endedOn != null && adoption.endedOn <= on;

const evidenceOf = (topic: TopicAskedFor, { since, adoption }: PolicyInForce): Evidence[] => [
  { kind: 'policy', id: topic, title: policiesAskedFor[topic], date: since },
  ...(adoption === null ? [] : [adoption.evidence]),
];

/** Line 12b. Asked of whoever has a policy. */
export function interestsDeclared(facts: GovernanceFacts, policy: Finding): Finding {
  if (policy.answer === 'no') return notApplicable('Not asked, as line 12a is answered no.');
  const { declarations, period, today } = facts;
  const evidence = declarations.flatMap(year => year.evidence);
  if (declarations.every(({ owed }) => owed === 0)) {
    return unknown(['The book has nobody who owed a declaration of interests. Record the seats of the board.']);
  }
  const missing = declarations
    .filter(year => year.missing.length > 0)
    .map(({ year, missing: people }) => {
      const names = named(people.map(({ name }) => name));
      const remedy = isDeclarable(year, today) ? 'Ask them to declare.' : 'It cannot be made up for any more.';
      return `Declarations of interests for ${year} are missing: ${names}. ${remedy}`;
    });
  if (missing.length > 0) return lacking(period.to < today)(missing, evidence);
  return yes(evidence);
}

/** Line 12c: voters who stepped aside, and decisions of the board with the policy attached, such as one on what was declared. */
export function conflictsWatched(facts: GovernanceFacts, policy: Finding): Finding {
  if (policy.answer === 'no') return notApplicable('Not asked, as line 12a is answered no.');
  const evidence = [...facts.recusals, ...citing(facts, 'conflict-of-interest')];
  if (evidence.length > 0) return yes(evidence);
  return unknown([
    'Nothing of the year shows it: nobody stepped aside from a decision, and the board decided nothing on the policy. Have it look at what was declared, in a resolution with the policy attached.',
  ]);
}

/** Line 14. */
export function retentionHeld(facts: GovernanceFacts): Finding {
  const held = policyHeld(facts, 'document-retention');
  return facts.schedule === null ? held : { ...held, evidence: [...held.evidence, facts.schedule] };
}

/** Lines 15a and 15b. */
export function payDecided(facts: GovernanceFacts, whose: 'paysTopOfficial' | 'paysOtherOfficers'): Finding {
  const pays = facts.circumstances[whose];
  if (pays === null) return unknown(['Record with the fiscal year whether the organisation paid them.']);
  if (!pays) return notApplicable('Nobody of them was paid.');
  const policy = policyHeld(facts, 'compensation');
  if (policy.answer !== 'yes') return policy;
  const decisions = citing(facts, 'compensation');
  if (decisions.length > 0) return yes([...policy.evidence, ...decisions]);
  return unknown(
    [
      'No decision of the year on pay is in the book with the compensation policy attached. Have the pay decided in such a resolution, with the comparable figures.',
    ],
    policy.evidence,
  );
}

/**
 * What the board, or a committee that may act for it, adopted in the year with the text of the policy attached; not the resolution that
 * made it the policy, by which nothing was decided under it.
 */
function citing({ boards, committees, circumstances, policies }: GovernanceFacts, topic: TopicAskedFor): Evidence[] {
  const policy = policies.get(topic);
  if (policy === undefined) return [];
  const { documentId, adoption } = policy;
  const bodies = circumstances.committeesActForBoard === true ? [...boards, ...committees] : boards;
  return bodies
    .flatMap(({ adopted }) => adopted)
    .filter(one => one.documentIds.includes(documentId) && one.resolutionId !== adoption?.resolutionId)
    .map(({ evidence }) => evidence);
}
