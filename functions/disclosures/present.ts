/** How the API shows disclosures. */
import type { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Card } from '../../shared/core/disclosureLists.ts';
import { type Disclosure, stateAt } from '../../shared/core/disclosures.ts';
import type { Stored } from '../../shared/core/records.ts';
import { shownDisclosure } from '../../shared/core/shownDisclosure.ts';
import type { Item } from '../../shared/ports/recordStore.ts';

export type PresentedDisclosure = Answer<typeof disclosuresRoutes.getDisclosure>;
export type PresentedEntry = Answer<typeof disclosuresRoutes.listDisclosures>['items'][number];

export const presentDisclosure = ({ id, version, data }: Stored<Disclosure>, now: Instant): PresentedDisclosure => ({
  id,
  state: stateAt(data, now),
  ...shownDisclosure(data),
  version,
});

export function presentEntry({ data }: Item): PresentedEntry {
  const { publishAt, ...card } = data as unknown as Card;
  return { ...card, publishedAt: publishAt };
}
