/** The secretary takes back the scheduling of a disclosure. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { unschedule } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeDisclosure } from './load.ts';

export const unscheduleDisclosure = operation(disclosuresRoutes.unscheduleDisclosure, (input, { records }) =>
  changeDisclosure(records, input, before => ({ after: unschedule(before, input.now) })),
);
