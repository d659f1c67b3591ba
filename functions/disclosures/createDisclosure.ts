/** The secretary drafts a disclosure. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { draft } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { writeDisclosure } from './load.ts';
import { presentDisclosure } from './present.ts';

export const createDisclosure = operation(
  disclosuresRoutes.createDisclosure,
  async ({ body, now, act }, { records, newId }) => {
    const id = newId();
    const { stored, writes } = await writeDisclosure(records, id, undefined, draft(body), act);
    return {
      body: presentDisclosure(stored, now),
      version: stored.version,
      location: `/v1/disclosures/${id}`,
      writes,
    };
  },
);
