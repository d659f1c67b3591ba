/** A request for copies was answered: with copies, or by telling where the documents are on the web. */
import { inspectionRoutes } from '../../shared/contract/inspection.ts';
import { isWidelyAvailable } from '../../shared/core/filings/availability.ts';
import { answered, type CopyRequest, copyRequestRows } from '../../shared/core/filings/copyRequests.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord, readToday } from '../../shared/http/read.ts';
import { presentCopyRequest } from './present.ts';
import { readAvailability } from './readAvailability.ts';
import { readInspectionSet } from './readInspectionSet.ts';

export const answerCopyRequest = operation(
  inspectionRoutes.answerCopyRequest,
  async ({ params, body, caller, now, expected, act }, { records }) => {
    const id = params.requestId;
    const before = await readRecord<CopyRequest>(records, 'copy-request', id);
    expectVersion(before, expected);
    const today = await readToday(records, now);
    const [availability, { items }] = await Promise.all([
      readAvailability(records),
      readInspectionSet(records, today, now),
    ]);
    const at = availability?.completedAt ?? null;
    const lookedFor = at === null ? null : { at, found: isWidelyAvailable(items, availability?.looks ?? [], now) };
    const answer = { ...body, lookedFor, by: caller.personId, recordedAt: now };
    const after = answered(before.data, answer, today);
    const { stored, writes } = changeRecord('copy-request', id, before, after, act);
    return {
      body: presentCopyRequest(stored, today),
      version: stored.version,
      writes: [...writes, ...moveRows(copyRequestRows(id, before.data), copyRequestRows(id, after))],
    };
  },
);
