/** Motions and resolutions for tests; what matters to one is given. */
import type { Motion } from '../../../../shared/core/decisions/motions.ts';
import {
  type Adoption,
  adopt,
  draftResolution,
  moveMotion,
  openVote,
  type Resolution,
  recordResult,
  secondMotion,
  shutVote,
} from '../../../../shared/core/decisions/resolutions.ts';
import { tally } from '../../../../shared/core/decisions/tally.ts';
import type { NewVote, Result } from '../../../../shared/core/decisions/votes.ts';
import { countOf, ruleOf, votingRuleOf } from './votes.ts';

export const now = '2024-03-01T12:00:00.000Z';
export const end = '2024-03-02T12:00:00.000Z';

export const motionOf = (motion: Partial<Motion> = {}): Motion => ({
  title: 'A motion',
  preamble: '',
  text: '1. So be it.',
  language: 'en',
  effectiveOn: null,
  attachments: [],
  followUp: null,
  election: null,
  effects: [],
  ...motion,
});

export const voteOf = (vote: Partial<NewVote> = {}): NewVote => ({
  openedBy: 'chair',
  closesAt: end,
  rule: votingRuleOf(),
  ruleWhenRecused: null,
  inOffice: 3,
  people: 3,
  fixed: 3,
  groups: [],
  meetingId: null,
  sealKey: null,
  ...vote,
});

export function resultOf(carried: boolean): Result {
  const count = countOf({ yes: carried ? 2 : 1, no: carried ? 1 : 2 });
  return {
    countedAt: end,
    decidedBy: 'rule',
    count,
    standings: [],
    outcome: tally(ruleOf(), count),
    election: null,
  };
}

export const draftOf = (motion?: Partial<Motion>) => draftResolution('body', motionOf(motion), 'author');
export const movedOf = (motion?: Partial<Motion>) => moveMotion(draftOf(motion), 'mover', now);
export const secondedOf = (motion?: Partial<Motion>) => secondMotion(movedOf(motion), 'seconder', now);
export const openOf = (motion?: Partial<Motion>) => openVote(secondedOf(motion), voteOf(), now);
export const closedOf = (motion?: Partial<Motion>) => shutVote(openOf(motion), now);
export const failedOf = (motion?: Partial<Motion>) => recordResult(closedOf(motion), resultOf(false));

export function adoptedOf(motion?: Partial<Motion>, adoption: Partial<Adoption> = {}): Resolution {
  const carried = recordResult(closedOf(motion), resultOf(true));
  return adopt(carried, { at: end, from: '2024-03-02', number: '2024-001', withoutEffect: [], ...adoption });
}
