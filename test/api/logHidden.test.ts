/** What somebody may not see has no statement, no salt and no place in the log for them: it answers byte for byte as what does not exist. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import type { Role } from '../../shared/core/authorisation.ts';
import { inVote } from '../../shared/core/decisions/votes.ts';
import { type Seals, sealKey } from '../../shared/core/log/sequencing.ts';
import type { RecordKind } from '../../shared/core/records.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';
import { documentFacts, sealedOf } from '../support/documents.ts';
import { factsOf, noticedOf } from '../support/meetings.ts';
import { bodyOf, openedOf, voted } from '../support/resolutions.ts';
import { readOf } from '../support/returns.ts';
import { sealNow } from '../support/sealing.ts';
import { createdSupport, supportBody } from '../support/supporters.ts';

interface Case {
  readonly kind: RecordKind;
  readonly id: string;
  /** Who is shown which versions; everybody else sees none, and nobody sees others. */
  readonly shown: Partial<Record<Role, readonly number[]>>;
  readonly versions: readonly number[];
}

type Prepare = (book: TestBook) => Promise<Case>;

const governors = (versions: readonly number[]) => ({
  director: versions,
  secretary: versions,
  treasurer: versions,
  auditor: versions,
});
const everybody = (versions: readonly number[]) => ({
  ...governors(versions),
  public: versions,
  'signed-in': versions,
  member: versions,
  administrator: versions,
});

const later = '2999-01-01T00:00:00Z';

/** Scheduled with one text, changed by steps, and published with another. */
const published =
  (
    steps: (book: TestBook, id: string) => Promise<unknown>,
    never: readonly number[],
    shown: readonly number[],
  ): Prepare =>
  async book => {
    const { id } = await publishedOf(book, { title: 'Never public' }, later);
    await steps(book, id);
    return {
      kind: 'disclosure',
      id,
      versions: [1, ...never, ...shown],
      shown: { ...everybody(shown), ...governors([...never, ...shown]) },
    };
  };

const unpublished = { kind: 'working-group', name: 'Hidden', purpose: '', parentBodyId: null } as const;

const decidedBehindDoors = async (book: TestBook) => {
  const bodyId = await bodyOf(book, ['member', 'director']);
  const { id, version } = await openedOf(book, book.as.member, book.as.director, bodyId);
  const body = { confidential: { reason: 'One person.', reviewOn: '2999-01-01' }, reason: 'Closed.' };
  const params = { resolutionId: id };
  await book.as.secretary.changeConfidentiality({ params, version, body }).then(answer => answer.body);
  return voted(book, id);
};

const cases: Readonly<Record<string, Prepare>> = {
  'a draft': async book => ({ kind: 'disclosure', id: (await draftOf(book)).id, versions: [1], shown: {} }),
  'a scheduled disclosure': async book => {
    const { id, version } = await publishedOf(book, {}, later);
    return { kind: 'disclosure', id, versions: [1, version], shown: governors([version]) };
  },
  'a text that was replaced before publication': published(
    async ({ as }, disclosureId) => {
      const params = { disclosureId };
      await as.secretary.updateDisclosure({ params, version: 2, body: contentOf({ title: 'Public' }) });
      await as.secretary.publishDisclosure({ params, version: 3, body: {} }).then(({ body }) => body);
    },
    [2, 3],
    [4],
  ),
  'a text whose publication was taken back': published(
    async ({ as }, disclosureId) => {
      const params = { disclosureId };
      await as.secretary.unscheduleDisclosure({ params, version: 2 });
      await as.secretary.updateDisclosure({ params, version: 3, body: contentOf({ title: 'Public' }) });
      await as.secretary.publishDisclosure({ params, version: 4, body: {} }).then(({ body }) => body);
    },
    [2],
    [5],
  ),
  'a text that was replaced before it was published as something older': published(
    async ({ as }, disclosureId) => {
      const params = { disclosureId };
      await as.secretary.updateDisclosure({ params, version: 2, body: contentOf({ title: 'Public' }) });
      const body = { at: '2020-01-01T00:00:00Z' };
      await as.secretary.publishDisclosure({ params, version: 3, body }).then(answer => answer.body);
    },
    [2, 3],
    [4],
  ),
  'what a withdrawn disclosure said': async book => {
    const { id, version } = await publishedOf(book);
    const params = { disclosureId: id };
    await book.as.secretary
      .withdrawDisclosure({ params, version, body: { reason: 'Private.' } })
      .then(({ body }) => body);
    const shown = { ...everybody([version + 1]), ...governors([version, version + 1]) };
    return { kind: 'disclosure', id, versions: [1, version, version + 1], shown };
  },
  'a seat in a body that does not publish who sits in it': async ({ as, bodies }) => {
    const [seat] = (await as.auditor.listSeats({ params: { bodyId: bodies.membership } })).body.items;
    const shown = { ...governors([1]), administrator: [1] };
    return { kind: 'seat', id: String(seat?.id), versions: [1], shown };
  },
  'what a seat was before its body published who sits in it': async ({ as, people }) => {
    const facts = { ...unpublished, established: '2020-01-01', publishesSeats: false };
    const { id: bodyId, version } = (await as.secretary.createBody({ body: facts })).body;
    const seat = { personId: people.member, office: 'member', title: null, voting: false } as const;
    const made = (
      await as.secretary.createSeat({ params: { bodyId }, body: { ...seat, from: '2020-01-01', to: null } })
    ).body;
    const body = { lastDay: '2022-01-01', reason: 'Over.' };
    await as.secretary.endSeat({ params: { seatId: made.id }, version: 1, body }).then(answer => answer.body);
    const { kind: _, ...open } = { ...unpublished, publishesSeats: true, from: '2020-01-01', dissolved: null };
    await as.secretary.updateBody({ params: { bodyId }, version, body: open }).then(answer => answer.body);
    const shown = { ...everybody([2]), ...governors([1, 2]), administrator: [1, 2] };
    return { kind: 'seat', id: made.id, versions: [1, 2], shown };
  },
  'a public document to which nothing published refers': async book => {
    const { documentId } = await sealedOf(book, { access: 'public' });
    const { version } = (await book.as.secretary.getDocument({ params: { documentId } })).body;
    return { kind: 'document', id: documentId, versions: [1, version], shown: governors([version]) };
  },
  'what a document was called before it was published': async book => {
    const { documentId } = await sealedOf(book, { access: 'public', title: 'Never public' });
    const params = { documentId };
    const { version } = (await book.as.secretary.getDocument({ params })).body;
    const { access: _, ...body } = documentFacts({ title: 'Public' });
    await book.as.secretary.updateDocument({ params, version, body }).then(answer => answer.body);
    await publishedOf(book, { documents: [{ documentId, version: 1 }] });
    const shown = { ...everybody([version + 1]), ...governors([version, version + 1]) };
    return { kind: 'document', id: documentId, versions: [1, version, version + 1], shown };
  },
  'a document that is for members again': async book => {
    const { documentId } = await sealedOf(book, { access: 'public' });
    const params = { documentId };
    const { version } = (await book.as.secretary.getDocument({ params })).body;
    const body = { access: 'members', reason: 'Not yet.' } as const;
    await book.as.secretary.changeDocumentAccess({ params, version, body }).then(answer => answer.body);
    const shown = { ...governors([version]), member: [version], administrator: [version] };
    return { kind: 'document', id: documentId, versions: [1, version, version + 1], shown };
  },
  'a confidential decision': async book => {
    const { id, version } = await decidedBehindDoors(book);
    return { kind: 'resolution', id, versions: [1, version - 1, version], shown: {} };
  },
  'what a decision was while it was confidential': async book => {
    const { id, version } = await decidedBehindDoors(book);
    const body = { confidential: null, reason: 'It is over.' };
    const params = { resolutionId: id };
    await book.as.secretary.changeConfidentiality({ params, version, body }).then(answer => answer.body);
    const versions = [1, version - 1, version, version + 1];
    return { kind: 'resolution', id, versions, shown: everybody([version + 1]) };
  },
  'a decision that is not made yet': async book => {
    const bodyId = await bodyOf(book, ['member', 'director']);
    const { id, version } = await openedOf(book, book.as.member, book.as.director, bodyId);
    return { kind: 'resolution', id, versions: [1, version], shown: {} };
  },
  'a ballot while the vote is open': async book => {
    const bodyId = await bodyOf(book, ['member', 'director']);
    const { id } = await openedOf(book, book.as.member, book.as.director, bodyId);
    const params = { resolutionId: id };
    await book.as.member.castVote({ params, body: { choice: 'yes' } }).then(({ body }) => body);
    await book.as.member.castVote({ params, body: { choice: 'no' } }).then(({ body }) => body);
    const shown = { ...governors([2]), member: [2], administrator: [2] };
    return { kind: 'ballot', id: inVote(id, book.people.member), versions: [1, 2], shown };
  },
  'what somebody voted first': async book => {
    const bodyId = await bodyOf(book, ['member', 'director']);
    const { id } = await openedOf(book, book.as.member, book.as.director, bodyId);
    const params = { resolutionId: id };
    await book.as.member.castVote({ params, body: { choice: 'no' } }).then(({ body }) => body);
    await voted(book, id, 'yes');
    return { kind: 'ballot', id: inVote(id, book.people.member), versions: [1, 2], shown: everybody([2]) };
  },
  'a meeting of which everybody has not been told again': async book => {
    const bodyId = await bodyOf(book, ['member', 'director'], { office: 'co-chair' });
    const times = { startsAt: '2030-01-01T10:00:00.000Z', endsAt: '2030-01-01T11:00:00.000Z' };
    const { id, version } = await noticedOf(book.as.member, bodyId, times);
    const body = factsOf({ ...times, startsAt: '2030-01-01T09:00:00.000Z' });
    const moved = (await book.as.member.updateMeeting({ params: { meetingId: id }, version, body })).body;
    const shown = { ...governors([version]), member: [version] };
    return { kind: 'meeting', id, versions: [1, version, moved.version], shown };
  },
  'a supporter who does not agree any more': async book => {
    const consent = { given: true, on: '2024-03-01', shows: { as: 'recorded' }, evidence: null } as const;
    const { id, version } = await createdSupport(book, { supporter: 'Named once', consent });
    const params = { supportId: id };
    const body = supportBody({ supporter: 'Named once' });
    await book.as.treasurer.updateSupport({ params, version, body }).then(answer => answer.body);
    return { kind: 'support', id, versions: [version, version + 1], shown: governors([version]) };
  },
  'what a supporter agreed to before': async book => {
    const consent = { given: true, on: '2024-03-01', shows: { as: 'recorded' }, evidence: null } as const;
    const { id, version } = await createdSupport(book, { supporter: 'Named', consent });
    const body = supportBody({ supporter: 'Named', consent: { ...consent, shows: { as: 'nothing' } } });
    await book.as.treasurer.updateSupport({ params: { supportId: id }, version, body }).then(answer => answer.body);
    const shown = everybody([version + 1]);
    return { kind: 'support', id, versions: [version, version + 1], shown };
  },
  'a return that was rejected': async book => {
    const { filingId, version, read } = await readOf(book);
    const now = (await book.as.treasurer.getFiling({ params: { filingId } })).body.version ?? version;
    const body = { submission: 1, accepted: false, on: '2024-05-12' };
    await book.as.treasurer.answerFiling({ params: { filingId }, version: now, body }).then(answer => answer.body);
    return { kind: 'return', id: read.id, versions: [1], shown: governors([1]) };
  },
  'what was erased': async book => {
    const { id, version } = await publishedOf(book);
    await sealNow(book);
    const item = await book.records.get(sealKey({ kind: 'disclosure', id, version }));
    if (item === undefined) throw new Error('It was not sealed');
    const { event, statement } = item.data as unknown as Seals;
    const data = { event, statement: statement && { ...statement, salt: null } } as unknown as JsonObject;
    await book.records.commit([
      { put: { ...item, version: item.version + 1, data }, expect: { version: item.version } },
    ]);
    return { kind: 'disclosure', id, versions: [version], shown: {} };
  },
  'a kind of which nothing is said in public': async book => ({
    kind: 'person',
    id: book.people.director,
    versions: [1],
    shown: {},
  }),
  'a version that there is not': async book => {
    const { id, version } = await publishedOf(book);
    return { kind: 'disclosure', id, versions: [version, 999_999_999], shown: everybody([version]) };
  },
};

const askers = [
  'public',
  'signed-in',
  'member',
  'director',
  'secretary',
  'treasurer',
  'auditor',
  'administrator',
] as const;

/** Everything of an answer but what differs between any two. */
async function bytesOf(address: string, init: RequestInit) {
  const answer = await fetch(address, init);
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status: answer.status, headers, body: await answer.text() };
}

/** Of the same form. */
const absentLike = (id: string) => id.replace(/[^~]{36}/g, () => v7());

describeOnEachStore('not shown by the log', book => {
  it.each(Object.entries(cases))('is %s', async (_, prepare) => {
    const { as, origin } = book();
    const { kind, id, versions, shown } = await prepare(book());
    await sealNow(book());
    for (const role of askers) {
      for (const method of ['GET', 'HEAD']) {
        const { token } = as[role];
        const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
        const ask = (recordId: string, version: number) =>
          bytesOf(`${origin}/v1/log/records/${kind}/${recordId}/versions/${version}`, { method, headers });
        const absent = await ask(absentLike(id), 1);
        expect(absent.status).toBe(404);
        for (const version of versions) {
          const answer = await ask(id, version);
          const about = `${version} ${method} as ${role}`;
          if (shown[role]?.includes(version)) expect([about, answer.status]).toEqual([about, 200]);
          else expect({ about, ...answer }).toEqual({ about, ...absent });
        }
      }
    }
  });

  it('is an event, to those who may not read events', async () => {
    const { origin, as } = book();
    const { id } = await publishedOf(book());
    await sealNow(book());
    for (const role of askers.filter(one => one !== 'secretary' && one !== 'auditor')) {
      const headers: Record<string, string> = role === 'public' ? {} : { authorization: `Bearer ${as[role].token}` };
      const ask = (recordId: string) => bytesOf(`${origin}/v1/log/events/disclosure/${recordId}/1`, { headers });
      const answer = await ask(id);
      expect(answer.status).toBe(role === 'public' ? 401 : 403);
      expect(answer).toEqual(await ask(v7()));
    }
  });

  it('is what waits to be sealed: only those who will be shown it are told to wait', async () => {
    const { as } = book();
    const { id, version } = await publishedOf(book(), {}, later);
    const params = { kind: 'disclosure', recordId: id, version: String(version) };
    expect((await as.auditor.getProofOfRecord({ params })).status).toBe(503);
    expect((await as.public.getProofOfRecord({ params })).status).toBe(404);
  });
});
