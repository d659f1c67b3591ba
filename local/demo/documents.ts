/** Prints the documents of a demonstration book and archives them, as its secretary would. */
import { addDays, type PlainDate } from '../../shared/core/calendar.ts';
import type { DemoBook } from './book.ts';
import type { DemoCitation } from './citation.ts';
import type { DemoClient } from './client.ts';
import type { DemoDocument } from './documentData.ts';

export interface DemoArchive {
  /** What a disclosure names of the archive. Waits until it is sealed. */
  cite(citations: readonly DemoCitation[]): Promise<{ readonly documentId: string; readonly version: number }[]>;
  /** Waits until everything is sealed. */
  sealed(): Promise<void>;
}

/** A document that was recorded, and the uploads of its versions. */
interface Sent {
  readonly id: string;
  readonly uploads: readonly string[];
}

/**
 * Records every document and sends its files; while they are examined, other things can be loaded.
 *
 * @param idOf the identifier of a body or a person.
 * @param step is called after each document.
 */
export async function sendDocuments(
  book: DemoBook,
  client: DemoClient,
  idOf: (key: string) => string,
  today: PlainDate,
  step: () => void,
): Promise<DemoArchive> {
  const { publisher } = book;
  const sent = new Map<string, Sent>();
  const sendOne = async (document: DemoDocument) => {
    sent.set(document.key, await send(document, book, client, idOf, today));
    step();
  };
  // While one waits for the disk another is printed, and the first are examined already.
  const rest = book.documents.values();
  const takeTurns = async () => {
    for (const document of rest) await sendOne(document);
  };
  await Promise.all([takeTurns(), takeTurns(), takeTurns()]);
  const awaitSealed = async ({ uploads }: Sent) => {
    for (const upload of uploads) await client.sealed(publisher, upload);
  };
  return {
    async cite(citations) {
      const cited = [];
      for (const { document, version } of citations) {
        const known = sent.get(document);
        if (known === undefined) throw new Error(`The demonstration book has no document "${document}".`);
        await awaitSealed(known);
        cited.push({ documentId: known.id, version });
      }
      return cited;
    },
    async sealed() {
      for (const one of sent.values()) await awaitSealed(one);
    },
  };
}

async function send(
  { title, kind, period, access, body, review, files }: DemoDocument,
  { publisher, founding, print }: DemoBook,
  client: DemoClient,
  idOf: (key: string) => string,
  today: PlainDate,
): Promise<Sent> {
  const { id } = await client.send(publisher, 'POST', '/v1/documents', {
    title,
    kind,
    period,
    access,
    language: print.language,
    bodyId: body === null ? null : idOf(body),
    replaces: null,
    review: review === null ? null : { ownerId: idOf(review.owner), next: addDays(today, review.inDays) },
  });
  const organisation = founding.organisation.legalName;
  // Large, and of no use to a server whose book is there already.
  const { printPdf } = await import('./pdf.ts');
  const uploads: string[] = [];
  for (const file of files) {
    const bytes = await printPdf({ organisation, title, file, print });
    // They are sealed in the order in which they are complete, and numbered so.
    uploads.push(await client.upload(publisher, id, file.name, bytes));
  }
  return { id, uploads };
}
