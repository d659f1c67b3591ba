/** How the API shows disclosures. */
import type { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Card } from '../../shared/core/disclosureLists.ts';
import { type Content, citedIn, type Disclosure, stateAt } from '../../shared/core/disclosures.ts';
import type { Stored } from '../../shared/core/records.ts';
import type { Item } from '../../shared/ports/recordStore.ts';

export type PresentedDisclosure = Answer<typeof disclosuresRoutes.getDisclosure>;
export type PresentedEntry = Answer<typeof disclosuresRoutes.listDisclosures>['items'][number];

/** A withdrawn disclosure is shown as its tombstone, without what it said. */
export function presentDisclosure({ id, version, data }: Stored<Disclosure>, now: Instant): PresentedDisclosure {
  const { content, edition, publishAt, enteredAt, correction, withdrawal } = data;
  const shown = withdrawal === null ? presentContent(content) : { ...content, summary: null, links: [], documents: [] };
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

/** What an edition says; its documents with the address at which everybody can have them while it is public. */
export function presentContent(content: Content) {
  const documents = citedIn(content).map(cited => ({
    ...cited,
    url: `/v1/documents/${cited.documentId}/versions/${cited.version}/file`,
  }));
  return { ...content, links: [...content.links], documents };
}

export function presentEntry({ data }: Item): PresentedEntry {
  const { publishAt, ...card } = data as unknown as Card;
  return { ...card, publishedAt: publishAt };
}
