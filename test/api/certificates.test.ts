/** Certificates, read back with the reader of the archive: what stands in them, who gets one, and that they are the same every time. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPdf } from '../../shared/examination/pdfReading.ts';
import { describeOnEachStore, newFolder } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { adoptedOf, consentOf, signedBy } from '../support/consentRequests.ts';
import { publishedDocumentOf } from '../support/documents.ts';
import { bodyOf, decidedOf, draftedOf, motionOf } from '../support/resolutions.ts';
import { sealNow } from '../support/sealing.ts';

describeOnEachStore('a certificate', book => {
  const fetched = (client: Client, resolutionId: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${book().origin}/v1/resolutions/${resolutionId}/certificate`, {
      method,
      headers: { ...(client.token === undefined ? {} : { authorization: `Bearer ${client.token}` }), ...headers },
    });
  const bytesOf = async (client: Client, resolutionId: string) => {
    const answer = await fetched(client, resolutionId);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    return Buffer.from(await answer.arrayBuffer());
  };
  const read = async (client: Client, resolutionId: string) => textIn(await bytesOf(client, resolutionId));

  it('says where the log proves it, or that it will', async () => {
    const { as, origin, ownLog } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const { id } = await decidedOf(book(), bodyId, motionOf());
    await sealNow(book());
    const proof = (await as.public.getResolution({ params: { resolutionId: id } })).body.proof as {
      index: number;
      url: string;
    };
    const { text } = await read(as.public, id);
    expect(text).toContain(`is entry ${proof.index} of the log ${ownLog.origin}.`);
    // Addresses are broken where a line ends.
    expect(text.replaceAll(' ', '')).toContain(`Proof:${origin}${proof.url}`);
    const waiting = await decidedOf(book(), bodyId, motionOf({ title: 'Another' }));
    expect((await read(as.public, waiting.id)).text).toContain('is being sealed in its log.');
  });

  it('of a vote says the text, the number, the hash, the rule, the counts and why, and who signs', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const motion = motionOf({
      title: 'Approval of the workplan',
      preamble: 'The board has *considered* it.',
      text: '1. The workplan is **approved**.\n2. The secretary:\n   - publishes it,\n   - files it.',
    });
    const { id, adoption, textHash, result } = await decidedOf(book(), bodyId, motion);
    const { text, title } = await read(as.public, id);
    expect(title).toBe(`Resolution ${adoption?.number}: Approval of the workplan`);
    for (const said of [
      'Test Society',
      'Certificate · A body · ',
      'The board has considered it.',
      '1. The workplan is approved.',
      '2. The secretary:',
      '• publishes it,',
      `Resolution ${adoption?.number}`,
      textHash,
      '1 for, 0 against, 0 abstained',
      'Majority of the votes cast',
      'There must be more votes for it than against it.',
      'Custom, until the body records rules of its own',
      'So it was carried.',
      'By vote, without a meeting',
      'Person secretary Secretary of Test Society',
      `I certify that this is a true copy of resolution ${adoption?.number} of the A body of Test Society`,
      'America/New_York',
    ]) {
      expect(text).toContain(said);
    }
    for (const sentence of result.explanation) expect(text).toContain(sentence);
    // Who moved it is for members.
    expect(text).not.toContain('Person member');
    expect((await read(as.secretary, id)).text).toContain('Moved by Person member');
  });

  it('of a written consent says who signed, as far as its reader may know', async () => {
    const { as, people } = book();
    const { id } = await adoptedOf(book());
    const { text } = await read(as.public, id);
    expect(text).toContain('By written consent, without a meeting, of all who hold a voting seat');
    expect(text).toMatch(/Signatures Person member \d{1,2} \w+ \d{4}/);
    expect(text).toContain('1 person held a voting seat in the body and had to sign, all of them; 1 did.');
    const body = {
      kind: 'committee',
      name: 'The quiet one',
      purpose: '',
      parentBodyId: null,
      established: '2020-01-01',
    };
    const made = (await as.secretary.createBody({ body: { ...body, publishesSeats: false } as never })).body;
    const seat = { personId: people.member, office: 'member', title: null, voting: true, from: '2020-01-01', to: null };
    await as.secretary.createSeat({ params: { bodyId: made.id }, body: seat as never });
    const quiet = await adoptedOf(book(), motionOf(), made.id);
    const shown = (await read(as.public, quiet.id)).text;
    expect(shown).not.toContain('Person member');
    expect(shown).toContain('Signatures 1');
    expect((await read(as.secretary, quiet.id)).text).toContain('Person member');
  });

  it.each([
    ['Latin', 'Übernahme der Geschäftsordnung: Ősz, Žďár, İstanbul, Đà Nẵng'],
    ['Cyrillic', 'Про затвердження звіту: їжак і ґава'],
    ['Greek', 'Έγκριση του απολογισμού, ὕδωρ'],
    ['markup', '<script>alert(1)</script> **not bold** \\(x) %PDF-1.4 "quoted"/../..'],
  ])('prints a title in %s, and a text, as they are', async (_, title) => {
    const { id, adoption } = await adoptedOf(
      book(),
      motionOf({ title, text: `1. ${title.replaceAll(/[*\\<]/g, '')}` }),
    );
    const answer = await bytesOf(book().as.public, id);
    const { text, title: told } = await textIn(answer);
    expect(told).toBe(`Resolution ${adoption?.number}: ${title}`);
    expect(text).toContain(title);
    expect(text).toContain(`1. ${title.replaceAll(/[*\\<]/g, '')}`);
    expect(text).not.toContain('cannot be set here');
  });

  it('marks what it cannot set, and says that the hash is of the text as it was written', async () => {
    const title = 'Sign \u202egnp.exe 漢字 שלום';
    const { id, textHash } = await adoptedOf(book(), motionOf({ title }));
    const { text } = await read(book().as.public, id);
    expect(text).toContain('Sign \ufffdgnp.exe \ufffd\ufffd \ufffd\ufffd\ufffd\ufffd');
    expect(text).toContain('Characters that cannot be set here are shown as \ufffd.');
    expect(text).toContain(textHash);
  });

  it('goes on over as many pages as it takes, with every clause once and each page numbered', async () => {
    const clauses = Array.from({ length: 120 }, (_, index) => `Clause ${index + 1} says so. ${'And more. '.repeat(8)}`);
    const text = clauses.map((clause, index) => `${index + 1}. ${clause}`).join('\n');
    const { id } = await adoptedOf(book(), motionOf({ text }));
    const { text: printed, pages } = await read(book().as.public, id);
    expect(pages).toBeGreaterThan(5);
    for (let clause = 1; clause <= 120; clause++) {
      expect(printed.split(`${clause}. Clause ${clause} says so.`)).toHaveLength(2);
    }
    for (let page = 1; page <= Number(pages); page++) expect(printed).toContain(`${page} of ${pages}`);
  });

  it('of what was rescinded, and of what was amended, says so at its head', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const [first, second] = [await decidedOf(book(), bodyId), await decidedOf(book(), bodyId)];
    const replacement = { title: 'A new title', preamble: '', text: '1. It reads *otherwise*.' };
    const changing = motionOf({
      effects: [
        { kind: 'rescinds', resolutionId: first.id },
        { kind: 'amends', resolutionId: second.id, replacement },
      ],
    });
    const { id, adoption } = await decidedOf(book(), bodyId, changing);
    const number = adoption?.number;
    expect((await read(as.public, first.id)).text).toMatch(
      new RegExp(`Rescinded by ${number} from \\d{1,2} \\w+ \\d{4}: from then on it holds no more\\.`),
    );
    expect((await read(as.public, second.id)).text).toContain(`Amended by ${number} from `);
    const { text } = await read(as.public, id);
    expect(text).toContain(`Rescinds resolution ${first.adoption?.number}`);
    expect(text).toContain(`Amends resolution ${second.adoption?.number}, to read: A new title 1. It reads otherwise.`);
    expect(text).not.toContain('holds no more');
  });

  it('names what is attached with its SHA-256', async () => {
    const { documentId } = await publishedDocumentOf(book());
    const { id, attachments } = await adoptedOf(book(), motionOf({ attachments: [{ documentId, version: 1 }] }));
    const [attachment] = attachments;
    const { text } = await read(book().as.public, id);
    expect(attachment?.document?.documentId).toBe(documentId);
    expect(text).toContain(`${attachment?.document?.title} ${attachment?.document?.name}, version 1 of document`);
    expect(text).toContain(`SHA-256 ${attachment?.sha256}`);
  });

  it('is given of what was adopted only, and of nothing to whoever may not see it', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const draft = await draftedOf(as.member, bodyId);
    const opened = await consentOf(book(), as.member, bodyId);
    await signedBy(as.member, opened);
    const failed = await decidedOf(book(), bodyId, motionOf(), 'no');
    for (const { id } of [draft, opened, failed]) {
      const params = { resolutionId: id };
      expect((await as.public.getCertificate({ params })).problem.code).toBe('not-found');
      expect((await as.member.getCertificate({ params })).problem.code).toBe('state-conflict');
    }
    const missing = { resolutionId: '01890a5d-ac96-774b-bcce-b302099a8057' };
    expect((await as.member.getCertificate({ params: missing })).problem.code).toBe('not-found');
  });

  it('of what is confidential is for those who may see that, and says so', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const { id, version } = await draftedOf(as.member, bodyId, motionOf({ title: 'A secret' }));
    const confidential = { reason: 'It is about a person.', reviewOn: '2999-01-01' };
    const kept = await as.secretary.changeConfidentiality({
      params: { resolutionId: id },
      version,
      body: { confidential, reason: 'It is about a person.' } as never,
    });
    const body = {
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      basis: 'unanimous',
      membersMustApprove: false,
    };
    const opened = await as.secretary.openConsent({
      params: { resolutionId: id },
      version: kept.body.version,
      body: body as never,
    });
    expect((await signedBy(as.member, { id, consent: { textHash: opened.body.textHash } })).body.state).toBe('carried');
    expect((await as.public.getCertificate({ params: { resolutionId: id } })).status).toBe(404);
    expect((await read(as.auditor, id)).text).toContain('Confidential: keep it among those who may see it.');
  });

  it('is the same bytes all day, is asked for again by its ETag, and has the number for its name', async () => {
    const { as, setClock } = book();
    const { id, adoption } = await adoptedOf(book());
    const noon = `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T16:00:00.000Z`;
    const at = async (clock: string) => {
      setClock(clock);
      const answer = await fetched(as.public, id).finally(() => setClock(undefined));
      return { etag: String(answer.headers.get('etag')), bytes: Buffer.from(await answer.arrayBuffer()), answer };
    };
    const [first, hourLater, nextDay] = [
      await at(noon),
      await at(noon.replace('T16', 'T17')),
      await at(new Date(Date.parse(noon) + 86_400_000).toISOString()),
    ];
    expect(hourLater.bytes.equals(first.bytes)).toBe(true);
    expect(hourLater.etag).toBe(first.etag);
    expect(nextDay.etag).not.toBe(first.etag);
    const { headers } = first.answer;
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${adoption?.number}.pdf"`);
    expect(headers.get('cache-control')).toBe('public, max-age=10');
    setClock(noon);
    const [again, head] = [
      await fetched(as.public, id, { 'if-none-match': first.etag }),
      await fetched(as.public, id, {}, 'HEAD'),
    ];
    setClock(undefined);
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    expect([head.status, head.headers.get('etag'), (await head.arrayBuffer()).byteLength]).toEqual([
      200,
      first.etag,
      0,
    ]);
  });
});

/** As the archive reads it, in one line; its pages are sound. */
async function textIn(bytes: Buffer) {
  const folder = newFolder();
  const path = join(folder, 'certificate.pdf');
  writeFileSync(path, bytes);
  const found = await readPdf({ path, maxPages: 500, maxTextBytes: 1_000_000 });
  rmSync(folder, { recursive: true });
  if (found.refused !== null) throw new Error(found.refused);
  expect([found.condition, found.note]).toEqual(['sound', null]);
  return { ...found, text: String(found.text).replaceAll(/\s+/g, ' ') };
}
