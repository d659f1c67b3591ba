/** Rounds of the archive over what does not go smoothly: locks that outlast the retention, damage under a hold, checks cut short. */
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { checkBytes } from '../../functions/custody/checkBytes.ts';
import { runCustody } from '../../functions/custody/runCustody.ts';
import { type Custody, custodyIn, custodyKey } from '../../shared/core/archive/custody.ts';
import type { DocumentKind } from '../../shared/core/archive/documents.ts';
import { maxHeld, maxHolds } from '../../shared/core/archive/retention.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { Key, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { describeOnEachStore } from '../support/book.ts';
import { approvedOf, disposedOf, documentOf, sealedOf, servicesIn } from '../support/documents.ts';
import { endLock, flipBit, takeAway } from '../support/harm.ts';

const round = { periodDays: 30, hoursBetweenRounds: 1 };
const year = new Date().getUTCFullYear();
const ofYear = (of: number) => ({ from: `${of}-01-01`, to: `${of}-12-31` });
/** Nothing retains these, whatever a test here schedules. */
const longAgo = { kind: 'workplan', period: ofYear(1980) } as const;
const hour = 1 / 24;

/** The same records, which do not take anything new under these keys. */
function refusing(records: RecordStore, keys: readonly Key[]): RecordStore {
  const isMeant = (write: Write) =>
    'put' in write &&
    keys.some(({ partition, sort }) => write.put.key.partition === partition && write.put.key.sort === sort);
  const commit = async (writes: readonly Write[]) => {
    if (writes.some(isMeant)) throw new Error('Not taken');
    await records.commit(writes);
  };
  return new Proxy(records, { get: (of, name) => (name === 'commit' ? commit : Reflect.get(of, name).bind(of)) });
}

describeOnEachStore('custody', book => {
  const roundIn = (days: number) => runCustody(servicesIn(book(), days), round);
  const checkNow = (sha256: string) => checkBytes(sha256, book().services);
  const read = async (documentId: string) => (await book().as.secretary.getDocument({ params: { documentId } })).body;
  const custodyOf = async (sha256: string) => custodyIn(await book().records.get(custodyKey(sha256))) as Custody;
  const filesHeld = async () => (await book().as.public.getArchiveState()).body.files;
  const alarmsOn = (sha256: string) => book().log.filter(line => String(line.internal).includes(`FIXITY ${sha256}`));
  const retrieve = (documentId: string) =>
    book().as.auditor.retrieveFile({ params: { documentId, version: '1' }, body: {} });
  const holdOn = (documentIds: readonly string[]) =>
    book().as.treasurer.placeHold({
      body: { title: 'A case', reason: 'Sued.', scope: { documentIds: [...documentIds], bodyIds: [], period: null } },
    });
  const release = ({ id, version }: { readonly id: string; readonly version: number }) =>
    book().as.director.releaseHold({ params: { holdId: id }, version, body: { reason: 'Over.' } });
  /** Until the test is over. */
  const heldMeanwhile = async (documentId: string) => {
    const { status, body } = await holdOn([documentId]);
    expect(status).toBe(201);
    onTestFinished(async () => {
      await release(body);
    });
  };

  /** Documents of these kinds are kept for so many years after their period. */
  const schedule = async (years: Partial<Record<DocumentKind, number>>) => {
    const { rules, version } = (await book().as.secretary.getRetentionSchedule()).body;
    const changed = rules.map(rule => ({
      ...rule,
      ...(years[rule.kind] === undefined ? {} : { years: years[rule.kind] ?? null, from: 'period-end' as const }),
    }));
    const body = { from: '2020-01-01', rules: changed, reason: 'Adopted.' };
    expect((await book().as.secretary.updateRetentionSchedule({ body, version })).status).toBe(200);
  };

  const approve = async (documentId: string) => {
    for (const role of ['director', 'treasurer'] as const) {
      const { version } = await read(documentId);
      expect((await book().as[role].approveDisposal({ params: { documentId }, version })).status).toBe(200);
    }
  };

  /** How the store protects what it gives out under this digest; undefined where it has no locks. */
  const lockOf = async (sha256: string) => {
    const { place } = book();
    if ('folder' in place) return undefined;
    const of = { Bucket: place.archive, Key: `archive/${sha256}` };
    const found = await place.client.send(new HeadObjectCommand(of));
    return {
      retainUntil: found.ObjectLockRetainUntilDate?.toISOString() ?? null,
      hold: found.ObjectLockLegalHoldStatus === 'ON',
    };
  };

  it('keeps bytes that the store was told to keep for longer than their document, and lets them go after that', async () => {
    await schedule({ workplan: 20 });
    const facts = { kind: 'workplan', period: ofYear(year - 12) } as const;
    const unused = await sealedOf(book(), facts);
    const reused = await sealedOf(book(), facts);
    const both = [unused, reused];
    await roundIn(0);
    const retainUntil = `${year + 9}-01-01T12:00:00.000Z`;
    for (const { sha256 } of both) {
      expect((await custodyOf(sha256)).protection).toEqual({ retainUntil, hold: false });
      expect((await lockOf(sha256))?.retainUntil ?? retainUntil).toBe(retainUntil);
    }

    await schedule({ workplan: 5 });
    await roundIn(0);
    for (const { documentId } of both) await approve(documentId);
    const before = await filesHeld();
    // Each of these rejects when anything in it fails.
    for (const days of [8, 8 + hour, 40]) {
      await roundIn(days);
      for (const { documentId, sha256, content } of both) {
        const gone = await read(documentId);
        expect(gone.disposedAt).not.toBeNull();
        expect(gone.versions).toEqual([expect.objectContaining({ number: 1, sha256 })]);
        expect((await retrieve(documentId)).problem.code).toBe('state-conflict');
        expect(Buffer.concat(await (await book().blobs.read(sha256)).toArray()).toString()).toBe(content);
        expect(await custodyOf(sha256)).toMatchObject({ uses: [], protection: { retainUntil } });
      }
      expect(await filesHeld()).toBe(before);
    }

    const another = await sealedOf(book(), { title: 'Again' }, reused.content);
    expect((await retrieve(another.documentId)).status).toBe(201);
    const daysLeft = (Date.parse(retainUntil) - Date.now()) / 86_400_000;
    await roundIn(daysLeft - hour);
    expect(await book().blobs.sizeOf(unused.sha256)).toBeGreaterThan(0);
    for (const { sha256 } of both) await endLock(book().place, sha256);
    await roundIn(daysLeft + hour);
    expect(await book().blobs.sizeOf(unused.sha256)).toBeUndefined();
    expect(await custodyOf(unused.sha256)).toBeUndefined();
    expect(await (await fetch((await retrieve(another.documentId)).body.url)).text()).toBe(reused.content);
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });

  it.each(['a hold', 'a longer retention'])(
    'locks no wrong bytes for %s, so that the good ones can take their place',
    async what => {
      const { documentId, sha256, content } = await sealedOf(book(), longAgo);
      await flipBit(book().place, sha256);
      await checkNow(sha256);
      const isHold = what === 'a hold';
      if (isHold) await heldMeanwhile(documentId);
      else {
        const body = { until: `${year + 9}-12-31`, reason: 'History.' };
        const { version } = await read(documentId);
        expect((await book().as.director.keepDocument({ params: { documentId }, version, body })).status).toBe(200);
      }
      const none = { retainUntil: null, hold: false };
      for (const hours of [1, 2]) {
        await roundIn(hours * hour);
        expect(await custodyOf(sha256)).toMatchObject({ result: 'changed', protection: none });
        expect((await lockOf(sha256)) ?? none).toEqual(none);
      }

      const again = await sealedOf(book(), { ...longAgo, title: 'Once more' }, content);
      await checkNow(sha256);
      for (const id of [documentId, again.documentId]) {
        expect((await read(id)).versions[0]).toMatchObject({ check: 'good' });
        expect(await (await fetch((await retrieve(id)).body.url)).text()).toBe(content);
      }
      await roundIn(3 * hour);
      const retainUntil = `${year + 10}-01-01T12:00:00.000Z`;
      const wanted = isHold ? { ...none, hold: true } : { ...none, retainUntil };
      expect((await custodyOf(sha256)).protection).toEqual(wanted);
      expect((await lockOf(sha256)) ?? wanted).toEqual(wanted);
      expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
    },
  );

  it('clears a document that a check cut short had told of damage, once the file is restored', async () => {
    const { documentId, sha256 } = await sealedOf(book());
    const undo = await flipBit(book().place, sha256);
    const records = refusing(book().records, [custodyKey(sha256)]);
    await expect(checkBytes(sha256, { ...book().services, records })).rejects.toThrow('Not taken');
    expect((await retrieve(documentId)).problem.code).toBe('state-conflict');
    expect((await custodyOf(sha256)).result).toBe('good');
    await undo();
    await checkNow(sha256);
    expect((await retrieve(documentId)).status).toBe(201);
    expect((await read(documentId)).versions[0]).toMatchObject({ check: 'good' });
  });

  it('tells of a missing file once per check, and does not fail over it when a hold comes', async () => {
    const { documentId, sha256 } = await sealedOf(book(), longAgo);
    const undo = await takeAway(book().place, sha256);
    await checkNow(sha256);
    await heldMeanwhile(documentId);
    for (const hours of [1, 2, 3]) {
      await roundIn(hours * hour);
      expect(alarmsOn(sha256)).toHaveLength(1 + hours);
      expect((await custodyOf(sha256)).result).toBe('missing');
    }
    await undo();
    await roundIn(4 * hour);
    expect(alarmsOn(sha256)).toHaveLength(4);
    expect((await retrieve(documentId)).status).toBe(201);
    await roundIn(5 * hour);
    expect((await custodyOf(sha256)).protection.hold).toBe(true);
    expect((await lockOf(sha256))?.hold ?? true).toBe(true);
  });

  it('finds that a file is missing when it is to be held, and does not fail over it hour after hour', async () => {
    const { documentId, sha256 } = await sealedOf(book(), longAgo);
    onTestFinished(await takeAway(book().place, sha256));
    await heldMeanwhile(documentId);
    await roundIn(hour).catch(() => {});
    for (const hours of [2, 3, 4]) await roundIn(hours * hour);
    expect((await custodyOf(sha256)).result).toBe('missing');
    expect((await retrieve(documentId)).problem.code).toBe('state-conflict');
  });

  it('proposes all but the disposals that fail, tells of each of these once, and proposes them when it can', async () => {
    const failing = [await sealedOf(book(), longAgo), await sealedOf(book(), longAgo)];
    const other = await sealedOf(book(), longAgo);
    const keys = failing.map(({ documentId }) => recordKey('document', documentId));
    const records = refusing(book().records, keys);
    const failed = await runCustody({ ...book().services, records }, round).catch(error => error);
    expect(failed).toBeInstanceOf(AggregateError);
    expect(failed.errors.map(({ message }: Error) => message)).toEqual(failing.map(() => 'Not taken'));
    for (const { documentId } of failing) expect((await read(documentId)).disposal).toBeNull();
    expect((await read(other.documentId)).disposal).toMatchObject({ approvals: [] });
    await roundIn(0);
    for (const { documentId } of failing) expect((await read(documentId)).disposal).toMatchObject({ approvals: [] });
  });

  it('lets no document that fails keep those of other kinds waiting, nor what was approved', async () => {
    await schedule({ workplan: 5, brochure: 5 });
    const approved = await approvedOf(book());
    const failing = await sealedOf(book(), longAgo);
    const other = await sealedOf(book(), { ...longAgo, kind: 'brochure' });
    const records = refusing(book().records, [recordKey('document', failing.documentId)]);
    await expect(runCustody({ ...servicesIn(book(), 8), records }, round)).rejects.toThrow('1 steps');
    expect((await read(other.documentId)).disposal).toMatchObject({ approvals: [] });
    expect((await read(approved.documentId)).disposedAt).not.toBeNull();
  });

  it('has no hold on a document that was disposed of, and says which of those named it is', async () => {
    const gone = await disposedOf(book());
    const there = await sealedOf(book());
    const answer = await holdOn([there.documentId, gone.documentId]);
    expect([answer.status, answer.problem.code]).toEqual([400, 'validation-failed']);
    expect(answer.problem.errors?.map(({ field }) => field)).toEqual(['/scope/documentIds/1']);
  });

  it('has room for as many holds as can be, each on as many documents as it can name', async () => {
    const ids = await Promise.all(Array.from({ length: maxHeld }, async () => (await documentOf(book())).id));
    const one = await documentOf(book());
    expect((await holdOn([...ids, one.id])).problem.code).toBe('validation-failed');
    const placed = [];
    for (let count = 0; count < maxHolds; count++) placed.push(await holdOn(ids));
    expect(new Set(placed.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await holdOn([one.id])).problem.code).toBe('state-conflict');
    for (const { body } of placed) expect((await release(body)).status).toBe(200);
  });

  it('leaves an archive that fits together, after all of this', async () => {
    await roundIn(31);
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });
});
