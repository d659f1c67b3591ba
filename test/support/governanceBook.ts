/** A book in which a fiscal year was in order: everything that Form 990, Part VI, asks for is there, made as people would. */
import { availabilityKey } from '../../shared/core/filings/availability.ts';
import type { Filing } from '../../shared/core/filings/filings.ts';
import { policiesAskedFor, topicsAskedFor } from '../../shared/core/governance/policies.ts';
import { changeRecord, replaceItem } from '../../shared/core/records.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';
import type { TestBook } from './book.ts';
import { consentOf, signedBy } from './consentRequests.ts';
import { publishedDocumentOf, sealedOf } from './documents.ts';
import { adjournedOf } from './meetings.ts';
import { bodyOf, motionOf, secondedOf } from './resolutions.ts';

/** The last year that is over. */
export const year = String(new Date().getUTCFullYear() - 1);
export const end = `${year}-12-31`;
export const filingId = `us-irs-return~${end}`;
const at = (day: string) => `${year}-${day}T17:00:00.000Z`;

export interface GovernedBook {
  readonly committee: string;
  readonly meetings: readonly [string, string];
  readonly committeeMeeting: string;
  readonly policies: Readonly<Record<string, string>>;
  readonly adopting: string;
  readonly pay: string;
  readonly ofCommittee: string;
  readonly recused: string;
  readonly articles: string;
  readonly letter: string;
}

export async function governedBook(book: TestBook): Promise<GovernedBook> {
  const { as, bodies, people } = book;
  // The stores that take files have clocks of their own.
  book.setClock(undefined);
  const policies: Record<string, string> = {};
  for (const topic of topicsAskedFor) {
    const facts = { kind: 'policy', title: `The ${topic} policy` } as const;
    const isPublic = topic === 'conflict-of-interest';
    policies[topic] = (isPublic ? await publishedDocumentOf(book, facts) : await sealedOf(book, facts)).documentId;
  }
  const published = async (kind: 'articles' | 'bylaws' | 'financial-statement') =>
    (await publishedDocumentOf(book, { kind, title: `The ${kind}` })).documentId;
  const articles = await published('articles');
  await published('bylaws');
  await published('financial-statement');
  const application = await publishedDocumentOf(book, { kind: 'exemption-application', title: 'Form 1023' });
  const letter = await publishedDocumentOf(book, { kind: 'determination-letter', title: 'The letter' });
  const given = await sealedOf(book, { kind: 'return', access: 'officers' });

  book.setClock(at('02-03'));
  const seat = { office: 'director', title: null, voting: true, from: `${year}-01-01`, to: null } as const;
  const seated = async (bodyId: string, personId: string) =>
    (await as.secretary.createSeat({ params: { bodyId }, body: { ...seat, personId } })).body;
  await seated(bodies.board, people.member);
  const facts = { kind: 'committee', name: 'Committee on pay', purpose: '', parentBodyId: bodies.board } as const;
  const body = { ...facts, established: '2020-01-01', publishesSeats: true };
  const committee = (await as.secretary.createBody({ body })).body.id;
  await seated(committee, people.director);
  for (const client of [as.director, as.member, as.secretary, as.treasurer])
    (await client.declareInterests({ params: { year }, version: 0, body: { interests: [] } })).body;

  const decided = async (bodyId: string, title: string, documentIds: readonly string[], reason?: string) => {
    const attachments = documentIds.map(documentId => ({ documentId, version: 1 }));
    const motion = motionOf({ title, attachments });
    const expiresAt = `${year}-11-30T17:00:00.000Z`;
    const asked = await consentOf(book, as.director, bodyId, { motion, expiresAt });
    if (reason !== undefined) {
      const { version } = (await as.secretary.getResolution({ params: { resolutionId: asked.id } })).body;
      const confidential = { reason, reviewOn: '2999-01-01' };
      const change = { params: { resolutionId: asked.id }, version, body: { confidential, reason } };
      (await as.secretary.changeConfidentiality(change)).body;
    }
    (await signedBy(as.director, asked)).body;
    if (bodyId === bodies.board) (await signedBy(as.member, asked)).body;
    return asked.id;
  };
  const adopting = await decided(bodies.board, 'Policies are adopted', Object.values(policies));
  for (const [topic, documentId] of Object.entries(policies)) {
    const text = { documentId, version: 1, resolutionId: adopting };
    const designated = { from: `${year}-02-03`, text, reason: 'Adopted.' };
    (await as.secretary.designatePolicy({ params: { topic }, version: 0, body: designated })).body;
  }

  const met = async (bodyId: string, day: string) => {
    book.setClock(at(day));
    const startsAt = `${year}-${day}T16:30:00.000Z`;
    const times = { startsAt, endsAt: `${year}-${day}T18:30:00.000Z`, title: `Meeting of ${day}` };
    const { id } = await adjournedOf(as.secretary, bodyId, times);
    const minutes = { params: { meetingId: id }, version: 0, body: { text: 'Said and done.' } };
    (await as.secretary.recordMinutes(minutes)).body;
    return id;
  };
  const meetings = [await met(bodies.board, '03-02'), await met(bodies.board, '06-02')] as const;
  const committeeMeeting = await met(committee, '06-03');
  const pay = await decided(bodies.board, 'Pay is decided', [policies.compensation ?? '']);
  const ofCommittee = await decided(committee, 'A bonus for somebody', [], 'About a person.');
  const recusedFrom = async (bodyId: string, title: string) => {
    const { id } = await secondedOf(as.director, as.member, bodyId, motionOf({ title }));
    (await as.member.recuse({ params: { resolutionId: id }, body: { facts: 'Works there.' } })).body;
    return id;
  };
  const recused = await recusedFrom(bodies.board, 'A contract');
  // Neither of these is about the year or the board.
  await recusedFrom(await bodyOf(book, ['director', 'member']), 'A contract of a group');
  book.setClock(`${Number(year) + 1}-01-02T17:00:00.000Z`);
  await recusedFrom(bodies.board, 'A contract of the next year');

  const all = { committeesActForBoard: true, chapters: true, paysTopOfficial: true, paysOtherOfficers: true };
  const circumstances = { ...all, jointVenture: true };
  const figures = { grossReceipts: null, totalAssets: null, unrelatedIncome: null, source: 'The books.' };
  const recorded = { params: { end }, version: 0, body: { ...figures, circumstances } };
  (await as.treasurer.recordFiscalYear(recorded)).body;

  // The life of filings, and looking for public files as anybody, are for tests of their own.
  const eventId = book.services.newId();
  const act = { operation: 'submitFiling', by: people.treasurer, at: at('02-03'), eventId };
  const looks = [application, letter].map(({ documentId, sha256 }) => ({
    documentId,
    version: 1,
    sha256,
    at: new Date().toISOString(),
    finding: 'same',
  }));
  await book.records.commit([
    ...changeRecord('filing', filingId, undefined, filed(people, given), act).writes,
    replaceItem(availabilityKey, undefined, { origin: book.origin, looks, completedAt: null } as JsonObject),
  ]);
  book.setClock(undefined);
  const named = { committee, committeeMeeting, policies, adopting, pay, ofCommittee, recused, articles };
  return { ...named, meetings, letter: letter.documentId };
}

/** The annual return of the year, given to both directors and filed in the year after it. */
function filed(
  people: TestBook['people'],
  given: { readonly documentId: string; readonly sha256: string | null },
): Filing {
  const next = String(Number(year) + 1);
  const paper = { documentId: given.documentId, version: 1, sha256: given.sha256 ?? '' };
  return {
    obligation: {
      ruleId: 'us-irs-return',
      title: 'Annual return',
      authority: 'Internal Revenue Service',
      explanation: '',
      citation: '',
      period: { from: `${year}-01-01`, to: end },
      form: '990',
      named: `${next}-05-15`,
      due: `${next}-05-15`,
      extendable: null,
      fee: null,
    },
    moved: null,
    responsible: [],
    preparedSince: null,
    review: {
      paper,
      given: [
        { personId: people.director, on: `${next}-02-01` },
        { personId: people.member, on: `${next}-02-02` },
      ],
    },
    extension: null,
    submissions: [
      {
        amends: false,
        form: '990',
        on: `${next}-02-03`,
        by: people.treasurer,
        way: 'electronic',
        confirmation: null,
        papers: [paper],
        publicCopies: [],
        answer: null,
        recordedAt: `${next}-02-03T12:00:00.000Z`,
      },
    ],
    excuse: null,
  };
}

export const titleOf = (topic: string) => policiesAskedFor[topic as keyof typeof policiesAskedFor];
