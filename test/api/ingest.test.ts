/** Ingest over stores that fail, together with other ingests, and against the removal of the same bytes. */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCustody } from '../../functions/custody/runCustody.ts';
import { ingestAll, ingestUpload } from '../../functions/ingest/ingestUpload.ts';
import { custodyIn, custodyKey, writeCustody } from '../../shared/core/archive/custody.ts';
import { closeReader } from '../../shared/examination/pdfReader.ts';
import type { Verdict } from '../../shared/ports/blobStore.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { sha256Of } from '../support/documents.ts';
import { dawdling, failingAt, faultModes, InjectedFault } from '../support/faultyStores.ts';
import { pdfOf } from '../support/pdfs.ts';
import { type Workshop, workshops } from '../support/workshop.ts';

const round = { periodDays: 30, hoursBetweenRounds: 1 };
const disposed = (at = new Date().toISOString()) => ({
  disposal: { proposedAt: at, retainedUntil: at, basis: '', approvals: [], executeAfter: at, executedAt: at },
});

afterAll(closeReader);

describe.each(workshops)('ingest, on $title', ({ stores, open, skipped }) => {
  if (skipped !== undefined) return it.skip('cannot run on this machine', () => {});
  const isFiles = stores === 'SQLite and files';
  let shop: Workshop;
  beforeEach(async () => {
    shop = await open();
  });
  afterEach(() => shop.close());

  const faults = () => archiveFaults(shop.services.records, shop.services.blobs, shop.folder);
  const outcomeOf = async (id: string) => (await shop.readUpload(id)).outcome;
  const sealedAs = (version: number) => expect.objectContaining({ version, refused: null });
  const later = (minutes: number) => ({
    ...shop.services,
    now: () => new Date(Date.now() + minutes * 60_000),
  });
  let count = 0;
  const text = () => `Text number ${++count}, ${Math.random()}.`;

  /** Ingests a new upload with a fault at the first call, at the second, until there are none left; then without faults. */
  async function eachFault(
    make: () => Promise<string>,
    after: (id: string, failed: string) => Promise<void>,
  ): Promise<number> {
    let injected = 0;
    for (const mode of faultModes) {
      for (let n = 1; ; n++) {
        const id = await make();
        const { failed, ...stores } = failingAt(shop.services, n, mode);
        await ingestUpload(id, shop.over(stores)).catch(error => {
          if (!(error instanceof InjectedFault)) throw error;
        });
        if (failed.call !== undefined) injected++;
        await ingestUpload(id, shop.services);
        await after(id, `${mode} call ${n}, ${failed.call}`);
        if (failed.call === undefined) break;
      }
    }
    return injected;
  }

  it.each([
    ['a text', async () => ['notes.txt', 'text/plain', Buffer.from(text())] as const],
    ['a PDF with its text', async () => ['a.pdf', 'application/pdf', await pdfOf([text()])] as const],
  ])('seals %s exactly once, whichever call of the stores fails', { timeout: 120_000 }, async (_, content) => {
    const documents: string[] = [];
    const injected = await eachFault(
      async () => {
        const document = await shop.document();
        documents.push(document);
        const [name, type, bytes] = await content();
        return shop.completed(document, bytes, name, type);
      },
      async (id, failed) => {
        expect(await outcomeOf(id), failed).toEqual(sealedAs(1));
        expect((await shop.readDocument(documents.at(-1) ?? '')).data.versions, failed).toBe(1);
      },
    );
    expect(injected).toBeGreaterThan(30);
    expect(await faults()).toEqual([]);
  });

  it('seals bytes that are there already, and bytes that are known to be damaged, exactly once', {
    timeout: 120_000,
  }, async () => {
    for (const damage of [false, true]) {
      const content = text();
      const first = await shop.completed(await shop.document(), content);
      await ingestUpload(first, shop.services);
      await eachFault(
        async () => {
          if (damage) await markDamaged(sha256Of(content));
          return shop.completed(await shop.document(), content);
        },
        async (id, failed) => expect(await outcomeOf(id), failed).toEqual(sealedAs(1)),
      );
    }
    expect(await faults()).toEqual([]);
  });

  async function markDamaged(sha256: string) {
    const { records } = shop.services;
    const item = await records.get(custodyKey(sha256));
    const custody = custodyIn(item);
    if (custody === undefined) throw new Error('The archive does not hold it');
    await records.commit(writeCustody(sha256, item, { ...custody, result: 'changed' }));
  }

  it('refuses exactly once, and archives nothing of what it refuses', { timeout: 120_000 }, async () => {
    await eachFault(
      async () => shop.completed(await shop.document(), `<html><script>${text()}</script>`),
      async (id, failed) =>
        expect(await outcomeOf(id), failed).toMatchObject({ version: null, refused: expect.stringContaining('HTML') }),
    );
    expect(await faults()).toEqual([]);
  });

  it('leaves nothing in quarantine of what has ended, whichever call fails, when the round of the archive has come by', {
    timeout: 120_000,
  }, async () => {
    for (const content of [text, () => `<html><script>${text()}</script>`]) {
      await eachFault(
        async () => shop.completed(await shop.document(), content()),
        async () => {},
      );
    }
    await runCustody({ ...shop.services, now: () => new Date(Date.now() + 2 * 86_400_000) }, round);
    expect(shop.quarantined()).toEqual([]);
  });

  it('keeps nothing of what the document does not take any more when it is tried again', {
    timeout: 120_000,
  }, async () => {
    for (let n = 1; ; n++) {
      const document = await shop.document();
      const id = await shop.completed(document, text());
      const { failed, ...stores } = failingAt(shop.services, n, 'after');
      await ingestUpload(id, shop.over(stores)).catch(() => {});
      if (failed.call === undefined) break;
      if ((await outcomeOf(id)) !== null) continue;
      await shop.changeDocument(document, disposed());
      await ingestUpload(id, shop.services);
      expect((await outcomeOf(id))?.refused, failed.call).toContain('disposed');
    }
    await runCustody(shop.services, round);
    expect(await faults()).toEqual([]);
  });

  it.each([2, 5])('seals an upload once that is ingested %i times at once', async times => {
    for (let repetition = 0; repetition < 5; repetition++) {
      const document = await shop.document();
      const id = await shop.completed(document, text());
      const slow = shop.over(dawdling(shop.services, 5));
      await Promise.allSettled(Array.from({ length: times }, () => ingestUpload(id, slow)));
      await ingestUpload(id, shop.services);
      expect(await outcomeOf(id)).toEqual(sealedAs(1));
      expect((await shop.readDocument(document)).data.versions).toBe(1);
    }
    expect(await faults()).toEqual([]);
  });

  it('does not take examinations that are still under way for dead ones', async () => {
    const id = await shop.completed(await shop.document(), text());
    let release = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    const { blobs } = shop.services;
    const readUpload = async (upload: string) => {
      await released;
      return blobs.readUpload(upload);
    };
    const slow = shop.over({ blobs: { ...blobs, readUpload } });
    const runs = Promise.allSettled([0, 50, 100, 150].map(after => pause(after).then(() => ingestUpload(id, slow))));
    await pause(300);
    expect(await outcomeOf(id)).toBeNull();
    release();
    await runs;
    await ingestUpload(id, shop.services);
    expect(await outcomeOf(id)).toEqual(sealedAs(1));
  });

  it('gives two uploads of the same bytes at once a version each', async () => {
    for (let repetition = 0; repetition < 10; repetition++) {
      const document = await shop.document();
      const content = text();
      const ids = [
        await shop.completed(document, content),
        await shop.completed(document, content),
        await shop.completed(await shop.document(), content),
      ];
      await Promise.all(ids.map(id => ingestUpload(id, shop.over(dawdling(shop.services, 5)))));
      const versions = await Promise.all(ids.map(async id => (await outcomeOf(id))?.version));
      expect(versions.toSorted()).toEqual([1, 1, 2]);
    }
    expect(await faults()).toEqual([]);
  });

  it('never loses bytes to the removal of the same ones', { timeout: 180_000 }, async () => {
    const rounds = isFiles ? Number(process.env.MINUTEBOOK_RACES ?? 100) : 10;
    for (let repetition = 0; repetition < rounds; repetition++) {
      // A round of the archive goes over all documents: few are faster.
      if (repetition % 10 === 9) {
        expect(await faults()).toEqual([]);
        await shop.close();
        shop = await open();
      }
      const content = text();
      const old = await shop.document();
      await ingestUpload(await shop.completed(old, content), shop.services);
      await shop.changeDocument(old, disposed());
      // Sometimes an earlier round was broken off.
      if (repetition % 3 === 0) {
        const broken = failingAt(shop.services, 1 + Math.floor(Math.random() * 40), 'after');
        await runCustody(shop.over(broken), round).catch(() => {});
      }
      const id = await shop.completed(await shop.document(), content);
      const slow = () => shop.over(dawdling(shop.services, 4));
      await Promise.allSettled([
        runCustody(slow(), round),
        ...(repetition % 2 === 0 ? [runCustody(slow(), round)] : []),
        pause(Math.random() * 60).then(() => ingestUpload(id, slow())),
      ]);
      // What met the removal was told to come again; what a round left of it is taken up when that cannot be at it any more.
      if ((await outcomeOf(id)) === null) {
        await runCustody(later(30), round);
        await ingestUpload(id, shop.services);
      }
      expect(await outcomeOf(id)).toEqual(sealedAs(1));
      expect(await shop.services.blobs.sizeOf(sha256Of(content)), `round ${repetition}`).toBe(content.length);
      await runCustody(later(60), round);
    }
  });

  it('waits for the scanner, and refuses what it finds infected', async () => {
    const document = await shop.document();
    const [id, bad] = [await shop.completed(document, text()), await shop.completed(document, text())];
    const scanned = (verdict: Verdict) => shop.over({ blobs: { ...shop.services.blobs, scan: async () => verdict } });
    for (let time = 0; time < 5; time++) await ingestAll(scanned('pending'));
    expect(await outcomeOf(id)).toBeNull();
    await ingestUpload(id, scanned('clean'));
    await ingestUpload(bad, scanned('infected'));
    expect(await outcomeOf(id)).toEqual(sealedAs(1));
    expect((await outcomeOf(bad))?.refused).toContain('malware');
    expect(await faults()).toEqual([]);
  });

  it('refuses a file whose examination died three times, and does not try for ever', async () => {
    const id = await shop.completed(await shop.document(), text());
    const forEver = async () => new Readable({ read() {} });
    const dying = shop.over({ blobs: { ...shop.services.blobs, readUpload: forEver } });
    for (let time = 0; time < 3; time++) {
      void ingestUpload(id, dying);
      await pause(100);
      expect(await outcomeOf(id)).toBeNull();
    }
    // They cannot be under way any more.
    await ingestUpload(id, { ...dying, now: later(30).now });
    expect((await outcomeOf(id))?.refused).toContain('failed again and again');
  });

  it.each(['readUpload', 'seal', 'protect'] as const)(
    'counts no fault of the store in %s as such a death',
    async method => {
      const id = await shop.completed(await shop.document(), text());
      const fails = async () => {
        throw new InjectedFault();
      };
      const failing = shop.over({ blobs: { ...shop.services.blobs, [method]: fails } });
      for (let time = 0; time < 5; time++) {
        await expect(ingestUpload(id, failing)).rejects.toThrow(InjectedFault);
      }
      await ingestUpload(id, shop.services);
      expect(await outcomeOf(id)).toEqual(sealedAs(1));
    },
  );
});
