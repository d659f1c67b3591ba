/** The secretary revises a disclosure before its publication. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { revise } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { cite } from './documents.ts';
import { changeDisclosure } from './load.ts';

export const updateDisclosure = operation(disclosuresRoutes.updateDisclosure, (input, { records }) =>
  changeDisclosure(records, input, async before => {
    const isScheduled = before.publishAt !== null;
    const { cited, checks } = await cite(records, input.body.documents, '/documents', isScheduled);
    return { after: revise(before, { ...input.body, documents: cited }, input.now), writes: checks };
  }),
);
