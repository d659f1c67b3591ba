/** One disclosure, or its tombstone. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadVisible } from './load.ts';
import { presentDisclosure } from './present.ts';

export const getDisclosure = operation(
  disclosuresRoutes.getDisclosure,
  async ({ params, caller, now }, { records }) => {
    const disclosure = await loadVisible(records, params.disclosureId, caller, now);
    return { body: presentDisclosure(disclosure, now), version: disclosure.version };
  },
);
