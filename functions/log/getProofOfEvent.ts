/** One event and its proof, for those who may read events. */

import { logRoutes } from '../../shared/contract/log.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Seals, sealKey } from '../../shared/core/log/sequencing.ts';
import { eventKey } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { provenAt } from './provenAt.ts';

type Event = Answer<typeof logRoutes.getProofOfEvent>['sealed'];

export const getProofOfEvent = operation(logRoutes.getProofOfEvent, async ({ params }, { records, publishedLog }) => {
  const { kind, recordId: id, version } = params;
  const [event, seals] = await records.getMany([eventKey(kind, id, version), sealKey({ kind, id, version })]);
  if (event === undefined) throw new NotFoundError();
  const proven = await provenAt((seals?.data as unknown as Seals | undefined)?.event, publishedLog);
  return { body: { sealed: event.data as unknown as Event, ...proven } };
});
