/** The secretary withdraws a disclosure; its tombstone stays. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { withdraw } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeDisclosure } from './load.ts';

export const withdrawDisclosure = operation(disclosuresRoutes.withdrawDisclosure, (input, { records }) =>
  changeDisclosure(records, input, before => ({
    after: withdraw(before, input.body.reason, input.now),
    reason: input.body.reason,
  })),
);
