/** Whatever happened in a book, and in whatever order: all that everybody may read is proven, and says what was sealed. */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyText } from '../../shared/core/log/notes.ts';
import { readKey, verifyEvent } from '../../web/verifier/proof.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';
import { publishedDocumentOf } from '../support/documents.ts';
import { noticedOf } from '../support/meetings.ts';
import { bodyOf, decidedOf } from '../support/resolutions.ts';
import { keyOf, sealNow } from '../support/sealing.ts';
import { createdSupport } from '../support/supporters.ts';

interface Made {
  /** Addresses of records that everybody may read. */
  readonly readable: Set<string>;
  readonly disclosures: Map<string, { version: number; editions: number }>;
}

type Step = (book: TestBook, made: Made) => Promise<unknown>;

const pick = <Value>(values: Iterable<Value>): Value | undefined => {
  const all = [...values];
  return all[all.length === 0 ? 0 : randomInt(all.length)];
};

const steps: Readonly<Record<string, Step>> = {
  draft: book => draftOf(book),
  async publish(book, { readable, disclosures }) {
    const { id, version } = await publishedOf(book, { title: `Title ${randomInt(1000)}` });
    disclosures.set(id, { version, editions: 1 });
    readable.add(`/v1/disclosures/${id}`);
  },
  async correct({ as }, { disclosures }) {
    const [disclosureId, known] = pick(disclosures) ?? [];
    if (disclosureId === undefined || known === undefined) return;
    const body = { reason: 'Wrong.', content: contentOf({ title: `Better ${randomInt(1_000_000)}` }) };
    const { version } = (
      await as.secretary.correctDisclosure({ params: { disclosureId }, version: known.version, body })
    ).body;
    disclosures.set(disclosureId, { version, editions: known.editions + 1 });
  },
  async withdraw({ as }, { disclosures }) {
    const [disclosureId, known] = pick(disclosures) ?? [];
    if (disclosureId === undefined || known === undefined) return;
    const sent = { params: { disclosureId }, version: known.version, body: { reason: 'Private.' } };
    await as.secretary.withdrawDisclosure(sent).then(({ body }) => body);
    disclosures.delete(disclosureId);
  },
  async decide(book, { readable }) {
    const { id } = await decidedOf(book, await bodyOf(book, ['member', 'director']));
    readable.add(`/v1/resolutions/${id}`);
  },
  async archive(book, { readable }) {
    readable.add(`/v1/documents/${(await publishedDocumentOf(book)).documentId}`);
  },
  async meet(book, { readable }) {
    const bodyId = await bodyOf(book, ['member', 'director'], { office: 'co-chair' });
    readable.add(`/v1/bodies/${bodyId}`);
    readable.add(`/v1/meetings/${(await noticedOf(book.as.member, bodyId)).id}`);
    for (const { id } of (await book.as.public.listSeats({ params: { bodyId } })).body.items)
      readable.add(`/v1/seats/${id}`);
  },
  async give(book, { readable }) {
    const consent = { given: true, on: '2024-03-01', shows: { as: 'recorded' }, evidence: null } as const;
    const { id } = await createdSupport(book, { supporter: `Giver ${randomInt(1000)}`, consent });
    readable.add(`/v1/support/${id}`);
  },
  seal: book => sealNow(book),
};

type Shown = Readonly<Record<string, unknown>> & { readonly proof: { readonly index: number; readonly url: string } };
type Proven = { sealed: { at: string; content: Record<string, unknown> }; salt: string; proof: string; index: number };

describeOnEachStore('after any history', book => {
  it('every record that everybody may read is proven, in the words in which it is shown', {
    timeout: 60_000,
  }, async () => {
    const { origin } = book();
    const made: Made = { readable: new Set(['/v1/organisation']), disclosures: new Map() };
    // Each once at least.
    const order = [...Object.keys(steps), ...Array.from({ length: 8 }, () => pick(Object.keys(steps)) ?? '')];
    for (const name of order) await steps[name]?.(book(), made);
    await sealNow(book());
    const key = await readKey(keyText(await keyOf(book())));
    const read = async (path: string) => (await fetch(origin + path)).json();
    for (const address of made.readable) {
      const shown = (await read(address)) as Shown;
      const known = `${address} after ${order.join(' ')}`;
      expect(shown.proof, known).toMatchObject({ index: expect.any(Number) });
      const { sealed, salt, proof, index } = (await read(shown.proof.url)) as Proven;
      expect([index, (await verifyEvent(sealed, salt, proof, key)).index], known).toEqual([shown.proof.index, index]);
      // Objects may show more than was sealed of them, such as the name of a person.
      expect(shown, known).toMatchObject(sealed.content);
    }
    expect(made.readable.size).toBeGreaterThan(8);
  });
});
