/** What the function `disclosures` does. */
import type { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { correctDisclosure } from './correctDisclosure.ts';
import { countDisclosures } from './countDisclosures.ts';
import { createDisclosure } from './createDisclosure.ts';
import { getDisclosure } from './getDisclosure.ts';
import { getDisclosureHistory } from './getDisclosureHistory.ts';
import { getEdition } from './getEdition.ts';
import { listDisclosures } from './listDisclosures.ts';
import { listDrafts } from './listDrafts.ts';
import { listEditions } from './listEditions.ts';
import { listScheduled } from './listScheduled.ts';
import { publishDisclosure } from './publishDisclosure.ts';
import { unscheduleDisclosure } from './unscheduleDisclosure.ts';
import { updateDisclosure } from './updateDisclosure.ts';
import { withdrawDisclosure } from './withdrawDisclosure.ts';

export const disclosuresOperations: Implementation<typeof disclosuresRoutes> = {
  correctDisclosure,
  countDisclosures,
  createDisclosure,
  getDisclosure,
  getDisclosureHistory,
  getEdition,
  listDisclosures,
  listDrafts,
  listEditions,
  listScheduled,
  publishDisclosure,
  unscheduleDisclosure,
  updateDisclosure,
  withdrawDisclosure,
};
