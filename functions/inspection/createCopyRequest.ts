/** Somebody asked for copies: the days that the law gives begin to run. */
import { inspectionRoutes } from '../../shared/contract/inspection.ts';
import { copyRequestRows, newCopyRequest } from '../../shared/core/filings/copyRequests.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { presentCopyRequest } from './present.ts';

export const createCopyRequest = operation(
  inspectionRoutes.createCopyRequest,
  async ({ body, now, act }, { records, newId }) => {
    const today = await readToday(records, now);
    const request = newCopyRequest(body, today);
    const id = newId();
    const { stored, writes } = changeRecord('copy-request', id, undefined, request, act);
    return {
      body: presentCopyRequest(stored, today),
      version: stored.version,
      location: `/v1/copy-requests/${id}`,
      writes: [...writes, ...moveRows([], copyRequestRows(id, request))],
    };
  },
);
