/** The secretary publishes a disclosure now, later, or as public since an earlier time. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { publish } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeDisclosure } from './load.ts';

export const publishDisclosure = operation(disclosuresRoutes.publishDisclosure, (input, { records }) =>
  changeDisclosure(records, input, before => ({ after: publish(before, input.body.at ?? input.now, input.now) })),
);
