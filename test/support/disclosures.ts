/** Disclosures for tests, made through the API by the secretary. */
import type { Citation, Content } from '../../shared/core/disclosures.ts';
import type { TestBook } from './book.ts';

/** Complete content; what matters to a test is given. */
type Given = Partial<Omit<Content, 'documents'>> & { readonly documents?: readonly Citation[] };

export function contentOf(content: Given = {}) {
  return {
    title: 'A disclosure',
    category: 'other' as const,
    summary: 'What it *says*.',
    language: 'en',
    period: null,
    ...content,
    links: [...(content.links ?? [])],
    documents: [...(content.documents ?? [])],
  };
}

export async function draftOf(book: TestBook, content: Given = {}) {
  return (await book.as.secretary.createDisclosure({ body: contentOf(content) })).body;
}

/** Published now, or at the time given. */
export async function publishedOf(book: TestBook, content: Given = {}, at?: string) {
  const { id, version } = await draftOf(book, content);
  const params = { disclosureId: id };
  const body = at === undefined ? {} : { at };
  return (await book.as.secretary.publishDisclosure({ params, version, body })).body;
}
