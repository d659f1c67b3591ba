/** Every operation as every role, over HTTP. */
import { expect, it } from 'vitest';
import type { OperationId } from '../../shared/contract/route.ts';
import { operations } from '../../shared/contract/routes.ts';
import { allowed, type Role, roles } from '../../shared/core/authorisation.ts';
import { assemblyOf } from '../support/assembly.ts';
import { describeOnEachStore, organisation, type TestBook } from '../support/book.ts';
import type { Answered, Client } from '../support/client.ts';
import { consentRequests } from '../support/consentRequests.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';
import {
  declarationOf,
  documentFacts,
  documentOf,
  proposedOf,
  publishedDocumentOf,
  sealedOf,
  sentOf,
} from '../support/documents.ts';
import { filingRequests } from '../support/filingRequests.ts';
import { governanceRequests } from '../support/governanceRequests.ts';
import { inspectionRequests } from '../support/inspectionRequests.ts';
import { interestRequests } from '../support/interestRequests.ts';
import { logRequests } from '../support/logRequests.ts';
import { meetingRequests } from '../support/meetingRequests.ts';
import { obligationRequests } from '../support/obligationRequests.ts';
import { resolutionRequests } from '../support/resolutionRequests.ts';
import { decidedOf } from '../support/resolutions.ts';
import { returnRequests } from '../support/returnRequests.ts';
import { voteRequests } from '../support/voteRequests.ts';

/** For each operation a request that succeeds for those who may: prepared, then sent as somebody. */
const requests: { [Id in OperationId]: (book: TestBook) => Promise<(client: Client) => Promise<Answered<unknown>>> } = {
  getOrganisation: async () => client => client.getOrganisation(),
  updateOrganisation: async ({ as }) => {
    const { version } = (await as.public.getOrganisation()).body;
    return client => client.updateOrganisation({ version, body: { ...organisation, from: '2021-01-01' } });
  },
  listBodies: async () => client => client.listBodies(),
  getBody:
    async ({ bodies }) =>
    client =>
      client.getBody({ params: { bodyId: bodies.board } }),
  createBody: async () => client => client.createBody({ body: newBody }),
  updateBody: async ({ as }) => {
    const { id, version } = (await as.secretary.createBody({ body: newBody })).body;
    const body = {
      name: 'Renamed',
      purpose: '',
      parentBodyId: null,
      publishesSeats: true,
      from: '2021-01-01',
      dissolved: null,
    };
    return client => client.updateBody({ params: { bodyId: id }, version, body });
  },
  listSeats:
    async ({ bodies }) =>
    client =>
      client.listSeats({ params: { bodyId: bodies.board } }),
  getSeat: async book => {
    const seat = await newSeat(book);
    return client => client.getSeat({ params: { seatId: seat.id } });
  },
  createSeat: async book => {
    const personId = await newPerson(book);
    return client => client.createSeat({ params: { bodyId: book.bodies.group }, body: { ...seatFacts, personId } });
  },
  endSeat: async book => {
    const { id, version } = await newSeat(book);
    const body = { lastDay: '2022-01-01', reason: 'Resigned.' };
    return client => client.endSeat({ params: { seatId: id }, version, body });
  },
  listPeople: async () => client => client.listPeople(),
  getPerson:
    async ({ people }) =>
    client =>
      client.getPerson({ params: { personId: people.member } }),
  createPerson: async () => client => client.createPerson({ body: { name: 'Somebody', email: null } }),
  updatePerson: async book => {
    const personId = await newPerson(book);
    return client => client.updatePerson({ params: { personId }, version: 1, body: { name: 'Renamed', email: null } });
  },
  eraseContact: async book => {
    const personId = await newPerson(book);
    return client => client.eraseContact({ params: { personId }, version: 1 });
  },
  invitePerson: async book => {
    const personId = await newPerson(book);
    return client => client.invitePerson({ params: { personId }, version: 1 });
  },
  // Nobody can accept without a code that was made for them; see registers.test.ts for those who can.
  acceptInvitation: async () => client => client.acceptInvitation({ body: { code: 'unknown' } }),
  getMe: async () => client => client.getMe(),
  listDisclosures: async () => client => client.listDisclosures(),
  countDisclosures: async () => client => client.countDisclosures(),
  getDisclosure: async book => {
    const params = { disclosureId: (await publishedOf(book)).id };
    return client => client.getDisclosure({ params });
  },
  getDisclosureHistory: async book => {
    const params = { disclosureId: (await publishedOf(book)).id };
    return client => client.getDisclosureHistory({ params });
  },
  listEditions: async book => {
    const params = { disclosureId: (await publishedOf(book)).id };
    return client => client.listEditions({ params });
  },
  getEdition: async book => {
    const params = { disclosureId: (await publishedOf(book)).id, edition: '1' };
    return client => client.getEdition({ params });
  },
  listDrafts: async () => client => client.listDrafts(),
  listScheduled: async () => client => client.listScheduled(),
  createDisclosure: async () => client => client.createDisclosure({ body: contentOf() }),
  updateDisclosure: async book => {
    const { id, version } = await draftOf(book);
    return client =>
      client.updateDisclosure({ params: { disclosureId: id }, version, body: contentOf({ title: 'New' }) });
  },
  publishDisclosure: async book => {
    const { id, version } = await draftOf(book);
    return client => client.publishDisclosure({ params: { disclosureId: id }, version, body: {} });
  },
  unscheduleDisclosure: async book => {
    const { id, version } = await publishedOf(book, {}, '2999-01-01T00:00:00Z');
    return client => client.unscheduleDisclosure({ params: { disclosureId: id }, version });
  },
  correctDisclosure: async book => {
    const { id, version } = await publishedOf(book);
    const body = { reason: 'Wrong.', content: contentOf({ title: 'Right' }) };
    return client => client.correctDisclosure({ params: { disclosureId: id }, version, body });
  },
  withdrawDisclosure: async book => {
    const { id, version } = await publishedOf(book);
    return client => client.withdrawDisclosure({ params: { disclosureId: id }, version, body: { reason: 'Wrong.' } });
  },
  listEvents: async () => client => client.listEvents({ params: { kind: 'organisation', recordId: 'organisation' } }),
  listBookEvents: async () => client => client.listBookEvents(),
  listDocuments: async () => client => client.listDocuments({ query: { kind: 'report' } }),
  getDocument: async book => {
    const { documentId } = await publishedDocumentOf(book);
    return client => client.getDocument({ params: { documentId } });
  },
  listReviews: async () => client => client.listReviews(),
  createDocument: async () => client => client.createDocument({ body: documentFacts() }),
  updateDocument: async book => {
    const { id, version } = await documentOf(book);
    const { access: _, ...body } = documentFacts({ title: 'Renamed' });
    return client => client.updateDocument({ params: { documentId: id }, version, body });
  },
  changeDocumentAccess: async book => {
    const { id, version } = await documentOf(book);
    const body = { access: 'members' as const, reason: 'Released.' };
    return client => client.changeDocumentAccess({ params: { documentId: id }, version, body });
  },
  readFile: async book => {
    const { documentId } = await publishedDocumentOf(book);
    return client => client.readFile({ params: { documentId, version: '1' } });
  },
  retrieveFile: async book => {
    const { documentId } = await sealedOf(book, { access: 'members' });
    return client => client.retrieveFile({ params: { documentId, version: '1' }, body: {} });
  },
  listRetrievals: async book => {
    const { id: documentId } = await documentOf(book);
    return client => client.listRetrievals({ params: { documentId } });
  },
  checkFile: async book => {
    const { documentId } = await sealedOf(book, { access: 'members' });
    return client => client.checkFile({ params: { documentId, version: '1' } });
  },
  createUpload: async book => {
    const { id } = await documentOf(book);
    return client =>
      client.createUpload({ params: { documentId: id }, body: declarationOf('report.txt', 'A report.') });
  },
  getUpload: async book => own(book, (client, uploadId) => client.getUpload({ params: { uploadId } })),
  grantUpload: async book => own(book, (client, uploadId) => client.grantUpload({ params: { uploadId }, body: {} })),
  completeUpload: async book => own(book, (client, uploadId) => client.completeUpload({ params: { uploadId } })),
  getRetentionSchedule: async () => client => client.getRetentionSchedule(),
  updateRetentionSchedule: async ({ as }) => {
    const { version, rules } = (await as.public.getRetentionSchedule()).body;
    const body = { from: '2021-01-01', rules, reason: `Adopted ${version}.` };
    return client => client.updateRetentionSchedule({ version, body });
  },
  listHolds: async () => client => client.listHolds(),
  getHold: async book => {
    const { id } = await holdOf(book);
    return client => client.getHold({ params: { holdId: id } });
  },
  placeHold: async () => client => client.placeHold({ body: holdFacts }),
  releaseHold: async book => {
    const { id, version } = await holdOf(book);
    return client => client.releaseHold({ params: { holdId: id }, version, body: { reason: 'Over.' } });
  },
  listDisposals: async () => client => client.listDisposals(),
  approveDisposal: async book => {
    const { documentId, version } = await proposedOf(book);
    return client => client.approveDisposal({ params: { documentId }, version });
  },
  keepDocument: async book => {
    const { id, version } = await documentOf(book);
    const body = { until: '2999-01-01', reason: 'Of interest.' };
    return client => client.keepDocument({ params: { documentId: id }, version, body });
  },
  getArchiveState: async () => client => client.getArchiveState(),
  listDamaged: async () => client => client.listDamaged(),
  ...resolutionRequests,
  ...voteRequests,
  ...consentRequests,
  ...meetingRequests,
  ...interestRequests,
  ...logRequests,
  ...obligationRequests,
  ...filingRequests,
  ...inspectionRequests,
  ...returnRequests,
  ...governanceRequests,
  showHomePage: async () => client => client.showHomePage(),
  showDisclosurePage: async book => {
    const params = { disclosureId: (await publishedOf(book)).id };
    return client => client.showDisclosurePage({ params });
  },
  showInspectionPage: async () => client => client.showInspectionPage(),
  showVerifyPage: async () => client => client.showVerifyPage(),
  showRegisterPage:
    async ({ bodies }) =>
    client =>
      client.showRegisterPage({ params: { bodyId: bodies.board } }),
  showResolutionPage: async book => {
    const params = { resolutionId: (await decidedOf(book, await assemblyOf(book))).id };
    return client => client.showResolutionPage({ params });
  },
  readFeed: async () => client => client.readFeed(),
  readOpenapi: async () => client => client.readOpenapi(),
  explainProblem: async () => client => client.explainProblem({ params: { code: 'not-found' } }),
};

/** What nobody can do who is not named for it beforehand; for those who can see registers.test.ts and ballots.test.ts. */
const notThere = (id: OperationId, role: Role) =>
  id === 'acceptInvitation' ||
  (['castVote', 'giveProxy', 'recordFollowUp', 'recuse'].includes(id) && role === 'signed-in');

/** A request about an upload of its own: somebody else's is not there for anybody. */
async function own(book: TestBook, ask: (client: Client, uploadId: string) => Promise<Answered<unknown>>) {
  return async (client: Client) => {
    const archivist = [book.as.secretary, book.as.treasurer].includes(client) ? client : book.as.secretary;
    const { id: documentId } = await documentOf(book);
    const { upload } = await sentOf(archivist, documentId, 'report.txt', 'A report.');
    return ask(client, upload.id);
  };
}

const holdFacts = {
  title: 'A case',
  reason: 'Somebody asked.',
  scope: { documentIds: [], bodyIds: [], period: { from: '1950-01-01', to: '1950-12-31' } },
};
const holdOf = async ({ as }: TestBook) => (await as.secretary.placeHold({ body: holdFacts })).body;

const newBody = {
  kind: 'committee' as const,
  name: 'A committee',
  purpose: '',
  parentBodyId: null,
  established: '2020-01-01',
  publishesSeats: true,
};
const seatFacts = { office: 'member' as const, title: null, voting: true, from: '2020-01-01', to: null };

const newPerson = async ({ as }: TestBook) =>
  (await as.secretary.createPerson({ body: { name: 'Somebody', email: null } })).body.id;

const newSeat = async (book: TestBook) => {
  const body = { ...seatFacts, personId: await newPerson(book) };
  return (await book.as.secretary.createSeat({ params: { bodyId: book.bodies.group }, body })).body;
};

/** The roles that the client of a role has in fact: its own, and those that come with being signed in and seated. */
const held: Readonly<Record<Role, readonly Role[]>> = {
  public: ['public'],
  'signed-in': ['public', 'signed-in'],
  member: ['public', 'signed-in', 'member'],
  director: ['public', 'signed-in', 'member', 'director'],
  secretary: ['public', 'signed-in', 'member', 'secretary'],
  treasurer: ['public', 'signed-in', 'member', 'treasurer'],
  auditor: ['public', 'signed-in', 'member', 'auditor'],
  administrator: ['public', 'signed-in', 'member', 'administrator'],
};

describeOnEachStore('authorisation', book => {
  it.each(roles.filter(role => role !== 'public'))('knows the %s by the seats held today', async role => {
    const { roles: told } = (await book().as[role].getMe()).body;
    expect([...told].sort()).toEqual([...held[role]].sort());
  });

  it.each(operations)('allows $id to whom the table allows it, and to nobody else', async ({ id, route }) => {
    for (const role of roles) {
      const send = await requests[id](book());
      const answer = await send(book().as[role]);
      const may = held[role].some(one => (allowed[id] as readonly Role[]).includes(one));
      const expected = !may ? (role === 'public' ? 401 : 403) : notThere(id, role) ? 404 : route.status;
      expect(answer.status, `${id} as ${role}: ${answer.text.slice(0, 300)}`).toBe(expected);
    }
  });

  it('leaves nothing behind of what was not allowed', async () => {
    const { as } = book();
    const count = async () => (await as.public.countDisclosures()).body.published;
    const before = await count();
    const { id, version } = await draftOf(book());
    for (const role of ['director', 'treasurer', 'auditor'] as const) {
      await as[role].publishDisclosure({ params: { disclosureId: id }, version, body: {} });
    }
    expect(await count()).toBe(before);
    expect((await as.secretary.getDisclosure({ params: { disclosureId: id } })).body).toMatchObject({
      state: 'draft',
      version,
    });
  });

  it('gives no role from a seat before its first day, after its last, or in a body that is dissolved', async () => {
    const { as, signedIn } = book();
    const seated = async (name: string, bodyId: string, from: string, to: string | null) => {
      const email = `${name}@test.example`;
      const { id } = (await as.secretary.createPerson({ body: { name, email } })).body;
      const body = { personId: id, office: 'director', title: null, voting: true, from, to } as const;
      await as.secretary.createSeat({ params: { bodyId }, body });
      return (await (await signedIn(email)).getMe()).body.roles;
    };
    const { board } = book().bodies;
    expect(await seated('future', board, '2999-01-01', null)).not.toContain('director');
    expect(await seated('past', board, '2020-01-01', '2020-12-31')).not.toContain('director');
    expect(await seated('present', board, '2020-01-01', null)).toContain('director');
    const old = (await as.secretary.createBody({ body: { ...newBody, kind: 'board-of-directors' } })).body;
    const end = {
      name: 'Old board',
      purpose: '',
      parentBodyId: null,
      publishesSeats: true,
      from: '2020-01-01',
      dissolved: '2021-01-01',
    };
    await as.secretary.updateBody({ params: { bodyId: old.id }, version: 1, body: end });
    expect(await seated('dissolved', old.id, '2020-01-01', null)).not.toContain('director');
  });

  it('lets only an administrator appoint auditors and administrators, or end their seats', async () => {
    const { as, bodies } = book();
    for (const office of ['auditor', 'administrator'] as const) {
      const body = { ...seatFacts, office, personId: await newPerson(book()) };
      const params = { bodyId: bodies.group };
      expect((await as.secretary.createSeat({ params, body })).status).toBe(403);
      const { id, version } = (await as.administrator.createSeat({ params, body })).body;
      const end = { params: { seatId: id }, version, body: { lastDay: '2021-01-01', reason: 'Over.' } };
      expect((await as.secretary.endSeat(end)).status).toBe(403);
      expect((await as.administrator.endSeat(end)).status).toBe(200);
    }
  });

  it('shows e-mail addresses only to those who may see contact data', async () => {
    const { as, people } = book();
    for (const [role, sees] of [
      ['secretary', true],
      ['auditor', true],
      ['administrator', true],
      ['director', false],
      ['treasurer', false],
    ] as const) {
      const person = (await as[role].getPerson({ params: { personId: people.member } })).body;
      expect('email' in person, role).toBe(sees);
    }
  });
});
