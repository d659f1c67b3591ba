/** How long documents are kept, what holds them, and how one leaves: through the API, the round of the archive, and the store. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectLegalHoldCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { runCustody } from '../../functions/custody/runCustody.ts';
import { documentKinds } from '../../shared/core/archive/documents.ts';
import { defaultRules } from '../../shared/core/archive/retention.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { describeOnEachStore } from '../support/book.ts';
import { publishedOf } from '../support/disclosures.ts';
import {
  approvedOf,
  documentFacts,
  documentOf,
  proposedOf,
  publishedDocumentOf,
  sealedOf,
  servicesIn,
  sha256Of,
  uploadedOf,
} from '../support/documents.ts';
import { pdfOf } from '../support/pdfs.ts';

const round = { periodDays: 30, hoursBetweenRounds: 24 };
const longAgo = { kind: 'workplan', period: { from: '1980-01-01', to: '1980-12-31' } } as const;

describeOnEachStore('retention', book => {
  const roundIn = (days = 0) => runCustody(servicesIn(book(), days), round);
  const read = async (documentId: string) => (await book().as.secretary.getDocument({ params: { documentId } })).body;
  const proposedIds = async () =>
    (await book().as.auditor.listDisposals({ query: { limit: '100' } })).body.items.map(one => one.documentId);
  const approve = async (role: 'director' | 'secretary' | 'treasurer' | 'auditor' | 'member', documentId: string) => {
    const { version } = await read(documentId);
    return book().as[role].approveDisposal({ params: { documentId }, version });
  };
  const place = async (scope: {
    documentIds?: string[];
    bodyIds?: string[];
    period?: { from: string; to: string };
  }) => {
    const body = {
      title: 'A case',
      reason: 'Sued.',
      scope: { documentIds: [], bodyIds: [], period: null, ...scope },
    };
    return (await book().as.treasurer.placeHold({ body })).body;
  };
  const release = async ({ id, version }: { id: string; version: number }) =>
    (await book().as.director.releaseHold({ params: { holdId: id }, version, body: { reason: 'Over.' } })).body;

  it('follows the schedule that Minutebook brings, until one is recorded; each holds from its day on', async () => {
    const { as } = book();
    const before = (await as.public.getRetentionSchedule()).body;
    expect(before).toMatchObject({ from: null, version: 0 });
    expect(before.rules).toEqual(documentKinds.map(kind => ({ kind, ...defaultRules[kind] })));
    const rules = before.rules.map(rule => (rule.kind === 'brochure' ? { ...rule, years: 9, basis: 'Ours.' } : rule));
    const body = { from: '2999-01-01', rules, reason: 'Adopted.' };
    expect((await as.secretary.updateRetentionSchedule({ body })).status).toBe(428);
    expect((await as.secretary.updateRetentionSchedule({ body, version: 1 })).status).toBe(412);
    expect((await as.secretary.updateRetentionSchedule({ body, version: 0 })).body).toMatchObject({ version: 1 });
    expect((await as.secretary.updateRetentionSchedule({ body, version: 0 })).status).toBe(412);
    const yearsOn = async (on?: string) => {
      const answer = await as.public.getRetentionSchedule({ query: on === undefined ? {} : { on } });
      return [answer.body.from, answer.body.rules.find(({ kind }) => kind === 'brochure')?.years];
    };
    expect(await yearsOn()).toEqual([null, 5]);
    expect(await yearsOn('2998-12-31')).toEqual([null, 5]);
    expect(await yearsOn('2999-01-01')).toEqual(['2999-01-01', 9]);
    const lacking = { ...body, rules: rules.slice(1) };
    expect((await as.secretary.updateRetentionSchedule({ body: lacking, version: 1 })).problem.code).toBe(
      'validation-failed',
    );
  });

  it('tells the last day of a document to those who see all of it', async () => {
    const plan = await sealedOf(book(), { kind: 'workplan', period: { from: '2020-01-01', to: '2020-12-31' } });
    expect((await read(plan.documentId)).retainedUntil).toBe('2030-12-31');
    const report = await sealedOf(book(), { kind: 'report' });
    expect((await read(report.documentId)).retainedUntil).toBeNull();
  });

  it('ends by two different officers, a week, and the round; the record stays with its digests, the bytes go', async () => {
    const { id: documentId } = await documentOf(book(), { ...longAgo, title: 'Old plan' });
    const pdf = await pdfOf([`The plan of 1980, ${documentId}.`]);
    await uploadedOf(book().as.secretary, documentId, 'plan.pdf', pdf, 'application/pdf');
    const link = (await book().as.director.retrieveFile({ params: { documentId, version: '1' }, body: {} })).body.url;
    const text = { params: { documentId, version: '1' }, body: { rendition: 'text' as const } };
    const textLink = (await book().as.director.retrieveFile(text)).body.url;
    expect([(await fetch(link)).status, (await fetch(textLink)).status]).toEqual([200, 200]);

    expect((await approve('secretary', documentId)).problem.code).toBe('state-conflict');
    await roundIn();
    expect(await proposedIds()).toContain(documentId);
    expect((await read(documentId)).disposal).toMatchObject({ retainedUntil: '1990-12-31', approvals: [] });
    for (const role of ['auditor', 'member'] as const) expect((await approve(role, documentId)).status).toBe(403);
    expect((await approve('director', documentId)).body.disposal?.executeAfter).toBeNull();
    expect((await approve('director', documentId)).problem.detail).toContain('different officers');
    const { disposal } = (await approve('secretary', documentId)).body;
    expect(Date.parse(String(disposal?.executeAfter)) - Date.now()).toBeGreaterThan(6.99 * 86_400_000);
    expect((await approve('treasurer', documentId)).problem.code).toBe('state-conflict');

    await roundIn(6.9);
    expect((await read(documentId)).disposedAt).toBeNull();
    await roundIn(7.1);
    const gone = await read(documentId);
    expect(gone).toMatchObject({ title: 'Old plan', disposedAt: expect.any(String) });
    expect(gone.versions).toEqual([expect.objectContaining({ number: 1, name: 'plan.pdf', sha256: sha256Of(pdf) })]);
    expect(await proposedIds()).not.toContain(documentId);
    expect([(await fetch(link)).status, (await fetch(textLink)).status]).toEqual([404, 404]);
    expect(await book().blobs.sizeOf(sha256Of(pdf))).toBeUndefined();
    expect((await book().as.director.retrieveFile(text)).problem.code).toBe('state-conflict');
    const { version } = gone;
    const { access: _, ...facts } = documentFacts({ ...longAgo, title: 'Renamed' });
    expect((await book().as.secretary.updateDocument({ params: { documentId }, version, body: facts })).status).toBe(
      409,
    );
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });

  it('leaves the bytes that another document has too', async () => {
    const content = `Shared by two, ${Math.random()}.`;
    const other = await sealedOf(book(), { kind: 'report' }, content);
    const { documentId } = await sealedOf(book(), longAgo, content);
    await roundIn();
    await approve('director', documentId);
    await approve('secretary', documentId);
    await roundIn(8);
    expect((await read(documentId)).disposedAt).not.toBeNull();
    const params = { documentId: other.documentId, version: '1' };
    const link = (await book().as.director.retrieveFile({ params, body: {} })).body.url;
    expect(await (await fetch(link)).text()).toBe(content);
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });

  it('goes on under a hold on the document, on its body, or on its time, until that is released', async () => {
    const { bodies } = book();
    const named = await sealedOf(book(), longAgo);
    const ofBody = await sealedOf(book(), { ...longAgo, bodyId: bodies.membership });
    const ofTime = await sealedOf(book(), { kind: 'workplan', period: { from: '1971-01-01', to: '1971-12-31' } });
    const all = [named, ofBody, ofTime].map(one => one.documentId);
    const holds = [
      await place({ documentIds: [named.documentId] }),
      await place({ bodyIds: [bodies.membership] }),
      await place({ period: { from: '1971-12-31', to: '1972-01-01' } }),
    ];
    for (const [index, hold] of holds.entries()) {
      await roundIn();
      const proposed = await proposedIds();
      expect(all.filter(id => proposed.includes(id))).toEqual(all.slice(0, index));
      await release(hold);
    }
    await roundIn();
    expect(await proposedIds()).toEqual(expect.arrayContaining(all));
  });

  it('is ended by nobody when a hold comes between the approval and the day, and the approvals count no more', async () => {
    const { documentId, sha256 } = await approvedOf(book());
    const hold = await place({ documentIds: [documentId] });
    await roundIn(8);
    expect(await read(documentId)).toMatchObject({ disposedAt: null, disposal: null });
    await release(hold);
    await roundIn(9);
    expect((await read(documentId)).disposal).toMatchObject({ approvals: [], executeAfter: null });
    expect(await book().blobs.sizeOf(sha256)).toBeGreaterThan(0);
  });

  it('is ended by nobody while something published cites the document', async () => {
    const { documentId } = await publishedDocumentOf(book(), longAgo);
    await roundIn();
    expect(await proposedIds()).not.toContain(documentId);
    const { documentId: proposed } = await proposedOf(book(), { access: 'public' });
    await expect(publishedOf(book(), { documents: [{ documentId: proposed, version: 1 }] })).rejects.toThrow(/Keep/);
  });

  it('is longer when an officer decides so, and never shorter', async () => {
    const { documentId, version } = await approvedOf(book());
    const keep = (until: string, at: number) =>
      book().as.director.keepDocument({ params: { documentId }, version: at, body: { until, reason: 'History.' } });
    const kept = (await keep('2040-12-31', version)).body;
    expect(kept).toMatchObject({ retainedUntil: '2040-12-31', disposal: null });
    expect((await keep('2040-12-30', kept.version)).problem.code).toBe('state-conflict');
    expect((await keep('2000-01-01', kept.version)).problem.code).toBe('state-conflict');
    await roundIn(8);
    expect(await read(documentId)).toMatchObject({ disposedAt: null, disposal: null });
  });

  it('follows another kind, period or body only for a reason, ends their proposal, and slips out of no hold', async () => {
    const { documentId, version } = await proposedOf(book(), { bodyId: book().bodies.group });
    const { access: _, ...facts } = documentFacts({ ...longAgo, bodyId: book().bodies.group });
    const update = async (more: object, at: number) =>
      book().as.secretary.updateDocument({ params: { documentId }, version: at, body: { ...facts, ...more } });
    for (const more of [{ kind: 'other' }, { period: null }, { bodyId: null }]) {
      expect((await update(more, version)).problem.errors?.map(({ field }) => field)).toEqual(['/reason']);
    }
    const renamed = (await update({ title: 'Renamed' }, version)).body;
    expect(renamed.disposal).not.toBeNull();
    const hold = await place({ bodyIds: [book().bodies.group] });
    const slip = { bodyId: null, reason: 'It was always so.' };
    expect((await update(slip, renamed.version)).problem).toMatchObject({
      code: 'state-conflict',
      detail: expect.stringContaining('Release the hold first'),
    });
    await release(hold);
    expect((await update(slip, renamed.version)).body).toMatchObject({ bodyId: null, disposal: null });
  });

  it('is the same after a second round as after the first', async () => {
    const { documentId } = await approvedOf(book());
    const waiting = await proposedOf(book());
    await roundIn(8);
    const state = async () => {
      const documents = await Promise.all([documentId, waiting.documentId].map(read));
      const events = await book().as.auditor.listEvents({ params: { kind: 'document', recordId: documentId } });
      return [documents, events.body.items.map(({ operation }) => operation)];
    };
    const after = await state();
    expect(after[1]?.slice(0, 4)).toEqual(['executeDisposal', 'approveDisposal', 'approveDisposal', 'proposeDisposal']);
    await roundIn(8);
    expect(await state()).toEqual(after);
  });

  it('is kept by the store too: what the schedule retains cannot be removed from under the book', async () => {
    const kinds = ['brochure', 'report'] as const;
    const sealed = await Promise.all(kinds.map(kind => sealedOf(book(), { kind })));
    const held = await sealedOf(book(), longAgo);
    const hold = await place({ documentIds: [held.documentId] });
    await roundIn();
    const { place: where, blobs } = book();
    for (const { sha256, content } of [...sealed, held]) {
      if ('folder' in where) {
        // A file system has no such lock: archived files are read-only, which keeps out accidents.
        expect(statSync(join(where.folder, 'archive', sha256.slice(0, 2), sha256)).mode & 0o222).toBe(0);
        continue;
      }
      const of = { Bucket: where.archive, Key: `archive/${sha256}` };
      const { Versions = [] } = await where.client.send(
        new ListObjectVersionsCommand({ Bucket: of.Bucket, Prefix: of.Key }),
      );
      expect(Versions).toHaveLength(1);
      for (const { VersionId } of Versions) {
        await expect(where.client.send(new DeleteObjectCommand({ ...of, VersionId }))).rejects.toThrow();
      }
      await expect(blobs.remove(sha256)).rejects.toThrow();
      expect(Buffer.concat(await (await blobs.read(sha256)).toArray()).toString()).toBe(content);
    }
    await release(hold);
    await roundIn();
    if ('folder' in where) return;
    const of = { Bucket: where.archive, Key: `archive/${held.sha256}` };
    expect((await where.client.send(new GetObjectLegalHoldCommand(of))).LegalHold?.Status).toBe('OFF');
  });
});
