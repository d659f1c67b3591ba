/** Whoever leads the body opens the vote: from here on who is entitled, and by which rule it is decided, stand still. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { freeze, rulesFor } from '../../shared/core/decisions/electorate.ts';
import { openVote as open } from '../../shared/core/decisions/resolutions.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import {
  electorateData,
  electorateKey,
  gateKey,
  mostVotersOfShard,
  sealingKey,
  sealingKeyExpiresAt,
  shardOf,
  shards,
  type Voter,
} from '../../shared/core/decisions/votes.ts';
import { mailingRows } from '../../shared/core/mailings.ts';
import { moveRows } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { newSealingKeys } from '../../shared/http/sealedBallots.ts';
import type { JsonObject, Write } from '../../shared/ports/recordStore.ts';
import { beginAmendment } from '../resolutions/amending.ts';
import { demandEffective } from '../resolutions/effects.ts';
import { loadExpected, writeResolution } from '../resolutions/load.ts';
import { presentResolution } from '../resolutions/present.ts';
import { readRulebook } from '../resolutions/rules.ts';
import { demandExists, demandLeader, readVotingSeats } from '../resolutions/seats.ts';
import { demandMeeting } from './meeting.ts';

export const openVote = operation(votesRoutes.openVote, async (input, { records }) => {
  const { body, caller, now, act } = input;
  const before = await loadExpected(records, input);
  const { bodyId } = before.data;
  const today = await readToday(records, now);
  const openedBy = await demandLeader(records, caller, bodyId, today);
  const { body: of, rulebook } = await readRulebook(records, bodyId);
  demandExists(of, today);
  const listed = { resolutionId: before.id, openedAt: now };
  const inMeeting = body.meetingId === null ? [] : await demandMeeting(records, body.meetingId, bodyId, listed);
  const set = rulesOf(rulebook?.data, of.kind, today);
  const { rule, ruleWhenRecused } = rulesFor(set, body.rule);
  const seats = await readVotingSeats(records, bodyId, today);
  const { voters, ...frozen } = freeze(seats, set, [rule, ...(ruleWhenRecused === null ? [] : [ruleWhenRecused])]);
  const keys = rule.ballot === 'secret' ? await newSealingKeys() : null;
  const sealKey = keys?.sealKey ?? null;
  const { closesAt, meetingId } = body;
  const vote = { openedBy, closesAt, rule, ruleWhenRecused, ...frozen, meetingId, sealKey };
  const { stored, writes } = writeResolution(before.id, before, open(before.data, vote, now), act);
  return {
    body: await presentResolution(records, stored, caller, now),
    version: stored.version,
    writes: [
      ...writes,
      ...(await demandEffective(records, before)),
      ...(await beginAmendment(records, before, act)),
      ...electorate(before.id, voters),
      ...inMeeting,
      // The private key stands in no record and no event: once it is removed nothing can read the ballots.
      ...(keys === null ? [] : [newKey(before.id, keys.privateKey, closesAt)]),
      ...moveRows([], mailingRows.voteOpened(before.id, now, closesAt)),
    ],
  };
});

function newKey(id: string, data: JsonObject, closesAt: Instant): Write {
  return { put: { key: sealingKey(id), version: 1, data, expiresAt: sealingKeyExpiresAt(closesAt) }, expect: 'absent' };
}

/** Only the shards that somebody is in. @throws {StateConflictError} there are more than the store takes. */
function electorate(id: string, voters: readonly Voter[]): Write[] {
  return Array.from({ length: shards }, (_, shard) => shard).flatMap((shard): Write[] => {
    const people = voters.filter(({ personId }) => shardOf(personId) === shard);
    if (people.length === 0) return [];
    if (people.length > mostVotersOfShard)
      throw new StateConflictError('More people hold a voting seat than can vote at once.');
    return [
      { put: { key: gateKey(id, shard), version: 1, data: {} }, expect: 'absent' },
      { put: { key: electorateKey(id, shard), version: 1, data: electorateData(people) }, expect: 'absent' },
    ];
  });
}
