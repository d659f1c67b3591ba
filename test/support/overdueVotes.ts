/** Many votes of one body that end at the same moment, written to the store as the API would have written them. */
import { writeResolution } from '../../functions/resolutions/load.ts';
import { instant } from '../../shared/core/calendar.ts';
import { draftResolution, moveMotion, openVote, secondMotion } from '../../shared/core/decisions/resolutions.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import {
  type Ballot,
  ballotRow,
  electorateData,
  electorateKey,
  gateKey,
  inVote,
  shardOf,
} from '../../shared/core/decisions/votes.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Write } from '../../shared/ports/recordStore.ts';

/**
 * @param personId the one voter, who is in favour of all of them.
 * @returns the resolutions, whose votes ended a moment ago and are not counted.
 */
export async function overdueVotesOf(
  { records, newId, now: clock }: Pick<JobServices, 'records' | 'newId' | 'now'>,
  bodyId: string,
  personId: string,
  count: number,
): Promise<string[]> {
  const ids: string[] = [];
  const [openedAt, closesAt] = [120, 1].map(seconds => instant(new Date(clock().getTime() - seconds * 1000)));
  if (openedAt === undefined || closesAt === undefined) throw new Error('There is no time');
  for (let index = 1; index <= count; index++) {
    const id = newId();
    ids.push(id);
    await records.commit(overdueVote(id, index, bodyId, personId, openedAt, closesAt, newId));
  }
  return ids;
}

function overdueVote(
  id: string,
  index: number,
  bodyId: string,
  personId: string,
  openedAt: string,
  closesAt: string,
  newId: () => string,
): readonly Write[] {
  const motion = {
    title: `Resolution ${index}`,
    preamble: '',
    text: `${index}.`,
    language: 'en',
    effectiveOn: null,
    attachments: [],
    followUp: null,
    election: null,
    effects: [],
  };
  const { ordinary: rule } = rulesOf(undefined, 'working-group', openedAt.slice(0, 10)).rules;
  if (rule === undefined) throw new Error('There is no rule');
  const moved = moveMotion(draftResolution(bodyId, motion, personId), personId, openedAt);
  const vote = {
    openedBy: personId,
    closesAt,
    rule,
    ruleWhenRecused: null,
    groups: [],
    meetingId: null,
    sealKey: null,
  };
  const opened = openVote(
    secondMotion(moved, newId(), openedAt),
    { ...vote, inOffice: 1, people: 1, fixed: 1 },
    openedAt,
  );
  const act = () => ({ operation: 'openVote', by: personId, at: openedAt, eventId: newId() });
  const ballot: Ballot = { resolutionId: id, personId, said: 'yes', sealed: null, by: personId, at: openedAt };
  const shard = shardOf(personId);
  const frozen = electorateData([{ personId, weight: 1, group: -1 }]);
  return [
    ...writeResolution(id, undefined, opened, act()).writes,
    ...changeRecord('ballot', inVote(id, personId), undefined, ballot, act()).writes,
    ...moveRows([], [ballotRow(ballot)]),
    { put: { key: gateKey(id, shard), version: 1, data: {} }, expect: 'absent' },
    { put: { key: electorateKey(id, shard), version: 1, data: frozen }, expect: 'absent' },
  ];
}

/** The numbers that so many adoptions of one year must have: each once, none left out. */
export const numbersOf = (year: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${year}-${String(index + 1).padStart(3, '0')}`);
