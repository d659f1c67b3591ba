/** The secretary revises a draft or a scheduled disclosure. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { revise } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeDisclosure } from './load.ts';

export const updateDisclosure = operation(disclosuresRoutes.updateDisclosure, (input, { records }) =>
  changeDisclosure(records, input, before => ({ after: revise(before, input.body, input.now) })),
);
