/** How the book shows a disclosure: what it says, its edition, when it was made public, corrected, withdrawn. */
import { type Content, citedIn, type Disclosure } from './disclosures.ts';

/** What an edition says; its documents with the address at which everybody can have them while it is public. */
export function shownContent(content: Content) {
  const documents = citedIn(content).map(cited => ({
    ...cited,
    url: `/v1/documents/${cited.documentId}/versions/${cited.version}/file`,
  }));
  return { ...content, links: [...content.links], documents };
}

/** What happened to it. */
export function shownLife({
  edition,
  publishAt,
  enteredAt,
  correction,
  withdrawal,
}: Omit<Disclosure, 'content' | 'formerlyCited'>) {
  return {
    edition,
    publishedAt: publishAt,
    enteredAt,
    correctedAt: correction?.at ?? null,
    correctionReason: correction?.reason ?? null,
    withdrawnAt: withdrawal?.at ?? null,
    withdrawalReason: withdrawal?.reason ?? null,
  };
}

/** A withdrawn disclosure is shown as its tombstone, without what it said. */
export function shownDisclosure(disclosure: Disclosure) {
  const { content, withdrawal } = disclosure;
  const said = withdrawal === null ? shownContent(content) : { ...content, summary: null, links: [], documents: [] };
  return { ...said, ...shownLife(disclosure) };
}
