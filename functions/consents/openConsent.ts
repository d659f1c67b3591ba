/** Whoever leads the body has a motion decided by written consent instead of a vote: from here on its text stands. */
import { consentsRoutes } from '../../shared/contract/consents.ts';
import { newConsent } from '../../shared/core/decisions/consents.ts';
import { isAmendment, type Motion } from '../../shared/core/decisions/motions.ts';
import { demandPending } from '../../shared/core/decisions/resolutions.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import { textHash } from '../../shared/core/decisions/texts.ts';
import { recusalList } from '../../shared/core/decisions/votes.ts';
import { mailingRows } from '../../shared/core/mailings.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { listPartition, moveRows } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { demandEffective } from '../resolutions/effects.ts';
import { loadExpected, writeResolution } from '../resolutions/load.ts';
import { presentResolution } from '../resolutions/present.ts';
import { readRulebook } from '../resolutions/rules.ts';
import { demandExists, demandLeader, readVoters } from '../resolutions/seats.ts';

export const openConsent = operation(consentsRoutes.openConsent, async (input, { records }) => {
  const { body, caller, now, act } = input;
  const before = await loadExpected(records, input);
  const { bodyId, motion } = before.data;
  const today = await readToday(records, now);
  const openedBy = await demandLeader(records, caller, bodyId, today);
  const { body: of, rulebook } = await readRulebook(records, bodyId);
  demandExists(of, today);
  demandPending(before.data, now, ['draft', 'moved', 'seconded'], 'Only what is not being decided yet can be signed.');
  await demandNoVote(records, before.id, motion);
  const { data: organisation } = await readRecord<Organisation>(records, 'organisation', organisationId);
  const set = rulesOf(rulebook?.data, of.kind, today);
  const consent = newConsent(
    {
      ...body,
      openedBy,
      rule: set.consent,
      quorum: set.rules.ordinary?.quorum ?? null,
      fixed: set.fixedSeats,
      holidays: set.notice.holidays,
      timeZone: timeZoneOf(organisation, now),
      textHash: textHash(motion),
      inOffice: (await readVoters(records, bodyId, today)).length,
    },
    now,
  );
  const { stored, writes } = writeResolution(before.id, before, { ...before.data, consent }, act);
  return {
    body: await presentResolution(records, stored, caller, now),
    version: stored.version,
    writes: [
      ...writes,
      ...(await demandEffective(records, before)),
      ...moveRows([], mailingRows.consentOpened(before.id, now)),
    ],
  };
});

/** @throws {StateConflictError} only a vote can decide it. */
async function demandNoVote(records: RecordStore, id: string, motion: Motion): Promise<void> {
  if (motion.election !== null) throw new StateConflictError('Signatures elect nobody. Vote on it instead.');
  if (isAmendment(motion)) {
    throw new StateConflictError('An amendment of a motion is a step on the way to a decision. Vote on it instead.');
  }
  const partition = listPartition(recusalList(id));
  const { items } = await records.query({ table: 'records', partition, order: 'ascending', limit: 1 });
  if (items.length > 0) {
    throw new StateConflictError('Somebody is recused from it, and all have to sign. Vote on it instead.');
  }
}
