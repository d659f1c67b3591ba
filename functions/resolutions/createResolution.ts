/** Somebody with a voting seat in the body, or who leads it, drafts a resolution. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { draftResolution } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { writeResolution } from './load.ts';
import { readMotion } from './motion.ts';
import { presentResolution } from './present.ts';
import { demandAuthor, demandExists } from './seats.ts';

export const createResolution = operation(
  resolutionsRoutes.createResolution,
  async ({ params, body, caller, now, act }, { records, newId }) => {
    const { bodyId } = params;
    const { data: of } = await readRecord<Body>(records, 'body', bodyId);
    const today = await readToday(records, now);
    const by = await demandAuthor(records, caller, bodyId, today);
    demandExists(of, today);
    const { motion, confidential, checks } = await readMotion(records, bodyId, body, caller, now);
    const id = newId();
    const drafted = { ...draftResolution(bodyId, motion, by), confidential };
    const { stored, writes } = writeResolution(id, undefined, drafted, act);
    return {
      body: await presentResolution(records, stored, caller, now),
      version: stored.version,
      location: `/v1/resolutions/${id}`,
      writes: [...writes, ...checks],
    };
  },
);
