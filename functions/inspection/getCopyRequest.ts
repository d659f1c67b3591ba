/** A request for copies, and how its clock stands. */
import { inspectionRoutes } from '../../shared/contract/inspection.ts';
import type { CopyRequest } from '../../shared/core/filings/copyRequests.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { presentCopyRequest } from './present.ts';

export const getCopyRequest = operation(inspectionRoutes.getCopyRequest, async ({ params, now }, { records }) => {
  const request = await readRecord<CopyRequest>(records, 'copy-request', params.requestId);
  return { body: presentCopyRequest(request, await readToday(records, now)), version: request.version };
});
