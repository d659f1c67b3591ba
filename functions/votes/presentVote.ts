/** How the API shows votes. */

import type { Answer } from '../../shared/contract/route.ts';
import type { votesRoutes } from '../../shared/contract/votes.ts';
import { explain } from '../../shared/core/decisions/explain.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { VotingRule } from '../../shared/core/decisions/rulebook.ts';
import type { Ballot, Counted, Result, Said } from '../../shared/core/decisions/votes.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';

export type PresentedVote = NonNullable<Answer<typeof votesRoutes.openVote>['vote']>;

/**
 * @param mine the caller's own ballot.
 * @param who shows a person, or nobody to whoever may not know.
 */
export function presentVote(
  { vote, adoption }: Resolution,
  mine: Ballot | undefined,
  who: (personId: string) => { id: string; name: string } | null,
): PresentedVote | null {
  if (vote === null) return null;
  const { openedAt, closesAt, rule, ruleWhenRecused, inOffice, people, meetingId, tie, casting, result } = vote;
  return {
    openedAt,
    closesAt,
    rule: presentRule(rule),
    ruleWhenRecused: ruleWhenRecused === null ? null : presentRule(ruleWhenRecused),
    inOffice,
    people,
    meetingId,
    mine: mine === undefined || isVoid(mine) ? null : presentMine(mine),
    tie: tie === null ? null : presentCounted(tie),
    casting: casting === null ? null : { by: who(casting.by), at: casting.at, choice: casting.choice },
    result: result === null ? null : presentResult(result, adoption?.number ?? null),
  };
}

const isVoid = ({ said, sealed }: Ballot) => said === null && sealed === null;

const presentMine = ({ said, at, by, personId }: Ballot) => ({
  choice: said === null ? null : presentSaid(said),
  at,
  byProxy: by !== personId,
});

export const presentSaid = (said: Said) => (typeof said === 'string' ? said : [...said]);

const presentRule = (rule: VotingRule) => ({ ...rule, majorities: [...rule.majorities] });

const presentCounted = ({ count, standings }: Counted) => ({
  count: { ...count, groups: [...count.groups] },
  standings: [...standings],
});

function presentResult(result: Result, number: string | null) {
  const { countedAt, decidedBy, outcome, election } = result;
  return {
    countedAt,
    decidedBy,
    ...presentCounted(result),
    carried: outcome.carried,
    reasons: outcome.reasons.map(reason => ({ ...reason }) as unknown as JsonObject) as never,
    elected: election === null ? null : [...election.elected],
    explanation: explain(outcome),
    number,
  };
}
