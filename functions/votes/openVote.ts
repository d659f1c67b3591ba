/** Whoever leads the body opens the vote: from here on who is entitled, and by which rule it is decided, stand still. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import {
  electorateKey,
  gateKey,
  mostVotersOfShard,
  openVote as open,
  shardOf,
  shards,
} from '../../shared/core/decisions/resolutions.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import { isCountable } from '../../shared/core/decisions/rules.ts';
import { StateConflictError, wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { loadExpected, writeResolution } from './load.ts';
import { presentResolution } from './present.ts';
import { readRulebook } from './rules.ts';
import { demandExists, demandLeader, readVoters } from './seats.ts';

export const openVote = operation(resolutionsRoutes.openVote, async (input, { records }) => {
  const { body, caller, now, act } = input;
  const before = await loadExpected(records, input);
  const { bodyId } = before.data;
  const today = await readToday(records, now);
  const by = await demandLeader(records, caller, bodyId, today);
  const { body: of, rulebook } = await readRulebook(records, bodyId);
  demandExists(of, today);
  const { rules, fixedSeats } = rulesOf(rulebook?.data, of.kind, today);
  const rule = Object.hasOwn(rules, body.rule) ? rules[body.rule] : undefined;
  if (rule === undefined) {
    throw wrongField('/rule', `The body has these rules: ${Object.keys(rules).join(', ')}.`);
  }
  if (!isCountable(rule)) {
    throw wrongField(
      '/rule',
      "It asks for groups or for the chair's casting vote, which a ballot by itself does not give.",
    );
  }
  const voters = await readVoters(records, bodyId, today);
  const vote = {
    openedBy: by,
    closesAt: body.closesAt,
    rule,
    inOffice: voters.length,
    fixed: fixedSeats ?? voters.length,
  };
  const { stored, writes } = writeResolution(before.id, before, open(before.data, vote, now), act);
  return {
    body: await presentResolution(records, stored, caller, now),
    version: stored.version,
    writes: [...writes, ...electorate(before.id, voters)],
  };
});

/** @throws {StateConflictError} there are more than the store takes. */
function electorate(id: string, voters: readonly string[]): Write[] {
  return Array.from({ length: shards }, (_, shard) => shard).flatMap((shard): Write[] => {
    const people = voters.filter(personId => shardOf(personId) === shard);
    if (people.length > mostVotersOfShard)
      throw new StateConflictError('More people hold a voting seat than can vote at once.');
    return [
      { put: { key: gateKey(id, shard), version: 1, data: {} }, expect: 'absent' },
      { put: { key: electorateKey(id, shard), version: 1, data: { people } }, expect: 'absent' },
    ];
  });
}
