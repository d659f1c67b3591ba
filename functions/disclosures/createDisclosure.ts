/** The secretary drafts a disclosure. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { draft } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { cite } from './documents.ts';
import { writeDisclosure } from './load.ts';
import { presentDisclosure } from './present.ts';

export const createDisclosure = operation(
  disclosuresRoutes.createDisclosure,
  async ({ body, now, act }, { records, newId }) => {
    const id = newId();
    const { cited, checks } = await cite(records, body.documents, '/documents', false);
    const after = draft({ ...body, documents: cited });
    const { stored, writes } = await writeDisclosure(records, id, undefined, after, act);
    return {
      body: presentDisclosure(stored, now),
      version: stored.version,
      location: `/v1/disclosures/${id}`,
      writes: [...writes, ...checks],
    };
  },
);
