/** Disclosures for tests, made through the API by the secretary. */
import type { Content } from '../../shared/core/disclosures.ts';
import type { TestBook } from './book.ts';

/** Complete content; what matters to a test is given. */
export function contentOf(content: Partial<Content> = {}) {
  return {
    title: 'A disclosure',
    category: 'other' as const,
    summary: 'What it *says*.',
    language: 'en',
    period: null,
    ...content,
    links: [...(content.links ?? [])],
  };
}

export async function draftOf(book: TestBook, content: Partial<Content> = {}) {
  return (await book.as.secretary.createDisclosure({ body: contentOf(content) })).body;
}

/** Published now, or at the time given. */
export async function publishedOf(book: TestBook, content: Partial<Content> = {}, at?: string) {
  const { id, version } = await draftOf(book, content);
  const params = { disclosureId: id };
  const body = at === undefined ? {} : { at };
  return (await book.as.secretary.publishDisclosure({ params, version, body })).body;
}
