/** How the API shows disclosures. */
import type { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Card } from '../../shared/core/disclosureLists.ts';
import { type Disclosure, stateAt } from '../../shared/core/disclosures.ts';
import type { Stored } from '../../shared/core/records.ts';
import type { Item } from '../../shared/ports/recordStore.ts';

export type PresentedDisclosure = Answer<typeof disclosuresRoutes.getDisclosure>;
export type PresentedEntry = Answer<typeof disclosuresRoutes.listDisclosures>['items'][number];

/** A withdrawn disclosure is shown as its tombstone, without what it said. */
export function presentDisclosure({ id, version, data }: Stored<Disclosure>, now: Instant): PresentedDisclosure {
  const { content, edition, publishAt, enteredAt, correction, withdrawal } = data;
  const shown =
    withdrawal === null ? { ...content, links: [...content.links] } : { ...content, summary: null, links: [] };
  return {
    id,
    state: stateAt(data, now),
    ...shown,
    edition,
    publishedAt: publishAt,
    enteredAt,
    correctedAt: correction?.at ?? null,
    correctionReason: correction?.reason ?? null,
    withdrawnAt: withdrawal?.at ?? null,
    withdrawalReason: withdrawal?.reason ?? null,
    version,
  };
}

export function presentEntry({ data }: Item): PresentedEntry {
  const { publishAt, ...card } = data as unknown as Card;
  return { ...card, publishedAt: publishAt };
}
