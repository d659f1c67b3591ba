/** An officer releases a legal hold. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { type Hold, holdsKey, release } from '../../shared/core/archive/retention.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import { holdRow, holdsIn, presentHold, writeHolds } from './holds.ts';

export const releaseHold = operation(
  archiveRoutes.releaseHold,
  async ({ params, body, caller, expected, now, act }, { records }) => {
    if (caller.personId === null) throw new NotFoundError();
    const before = await readRecord<Hold>(records, 'hold', params.holdId);
    expectVersion(before, expected);
    const after = release(before.data, caller.personId, body.reason, now);
    const { stored, writes } = changeRecord('hold', before.id, before, after, act, body.reason);
    const inForce = await records.get(holdsKey);
    const holds = holdsIn(inForce).holds.filter(({ id }) => id !== before.id);
    return {
      body: presentHold(stored),
      version: stored.version,
      writes: [...writes, ...moveRows([holdRow(before)], [holdRow(stored)]), writeHolds(inForce, { holds })],
    };
  },
);
