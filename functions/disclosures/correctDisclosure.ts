/** The secretary publishes a corrected edition; the one before is kept under its number. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { correct } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';
import { cite } from './documents.ts';
import { editionKey } from './editions.ts';
import { changeDisclosure } from './load.ts';

export const correctDisclosure = operation(disclosuresRoutes.correctDisclosure, (input, { records }) =>
  changeDisclosure(records, input, async before => {
    const { content, reason } = input.body;
    const { cited, checks } = await cite(records, content.documents, '/content/documents', true);
    const { corrected, past } = correct(before, { ...content, documents: cited }, reason, input.now);
    const key = editionKey(input.params.disclosureId, past.edition);
    const keep = { put: { key, version: 1, data: past as unknown as JsonObject }, expect: 'absent' } as const;
    return { after: corrected, reason, writes: [keep, ...checks] };
  }),
);
