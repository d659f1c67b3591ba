/** The secretary publishes a disclosure now, later, or as public since an earlier time. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { citedIn, publish } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { demandPublishable } from './documents.ts';
import { changeDisclosure } from './load.ts';

export const publishDisclosure = operation(disclosuresRoutes.publishDisclosure, (input, { records }) =>
  changeDisclosure(records, input, async before => {
    const after = publish(before, input.body.at ?? input.now, input.now);
    return { after, writes: await demandPublishable(records, citedIn(before.content)) };
  }),
);
