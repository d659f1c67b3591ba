/** An officer decides to keep a document longer. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { keep } from '../../shared/core/archive/retention.ts';
import { dateIn } from '../../shared/core/calendar.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeDocument } from '../documents/load.ts';
import { presentDocument } from '../documents/present.ts';

export const keepDocument = operation(archiveRoutes.keepDocument, async (input, { records }) => {
  const { until, reason } = input.body;
  const { seen, writes } = await changeDocument(records, input, ({ document, circumstances }) => ({
    after: keep(document.data, until, dateIn(circumstances.timeZone, input.now)),
    reason,
  }));
  return { body: await presentDocument(records, seen, input.caller), version: seen.document.version, writes };
});
