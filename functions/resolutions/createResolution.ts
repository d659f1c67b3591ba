/** Somebody with a voting seat in the body, or who leads it, drafts a resolution. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { draftResolution } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { writeResolution } from './load.ts';
import { presentResolution } from './present.ts';
import { demandAuthor, demandExists } from './seats.ts';

export const createResolution = operation(
  resolutionsRoutes.createResolution,
  async ({ params, body, caller, now, act }, { records, newId }) => {
    const { data: of } = await readRecord<Body>(records, 'body', params.bodyId);
    const today = await readToday(records, now);
    const by = await demandAuthor(records, caller, params.bodyId, today);
    demandExists(of, today);
    const id = newId();
    const { stored, writes } = writeResolution(id, undefined, draftResolution(params.bodyId, body, by), act);
    return {
      body: await presentResolution(records, stored, caller, now),
      version: stored.version,
      location: `/v1/resolutions/${id}`,
      writes,
    };
  },
);
