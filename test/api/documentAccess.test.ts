/** Who may have what of a document, over HTTP: access level by state by role, written down by hand. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccessLevel, accessLevels } from '../../shared/core/archive/documents.ts';
import { type Role, roles } from '../../shared/core/authorisation.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import type { Answered, Client } from '../support/client.ts';
import { draftOf, publishedOf } from '../support/disclosures.ts';
import { disposedOf, documentOf, foundDamaged, sealedOf, uploadedOf } from '../support/documents.ts';
import { pdfOf } from '../support/pdfs.ts';

/**
 * What each gets of a document, and of its first version. All documents belong to the working group; `seated` sits in it and
 * is nothing else. Whoever is `public` or only `signed-in` may not list documents nor ask for a link, whatever they ask for.
 *
 * |     | getDocument | on the list | readFile | retrieveFile |
 * | --- | ---         | ---         | ---      | ---          |
 * | `.` | 404         | no          | 404      | 404          |
 * | `o` | 200         | yes         | 404      | 404          |
 * | `s` | 200         | yes         | 404      | 201          |
 * | `x` | 200         | yes         | 404      | 409          |
 * | `P` | 200         | yes         | 302      | 201          |
 * | `X` | 200         | yes         | 409      | 409          |
 */
const matrix = `
level         state                   public  signed-in  member  seated  director  secretary  treasurer  auditor  administrator
public        no version              .       .          .       .       o         o          o          o        .
public        sealed                  .       .          .       .       s         s          s          s        .
public        cited by a draft        .       .          .       .       s         s          s          s        .
public        cited by a scheduled    .       .          .       .       s         s          s          s        .
public        cited by a published    P       P          P       P       P         P          P          P        P
public        withdrawn               .       .          .       .       s         s          s          s        .
public        encrypted               .       .          .       .       s         s          s          s        .
public        damaged                 .       .          .       .       x         x          x          x        .
public        published, damaged      X       X          X       X       X         X          X          X        X
public        disposed                .       .          .       .       x         x          x          x        .
members       no version              .       .          o       o       o         o          o          o        o
members       sealed                  .       .          s       s       s         s          s          s        s
members       cited by a draft        .       .          s       s       s         s          s          s        s
members       withdrawn               .       .          s       s       s         s          s          s        s
members       encrypted               .       .          s       s       s         s          s          s        s
members       damaged                 .       .          x       x       x         x          x          x        x
members       disposed                .       .          x       x       x         x          x          x        x
body          no version              .       .          .       o       o         o          o          o        .
body          sealed                  .       .          .       s       s         s          s          s        .
body          cited by a draft        .       .          .       s       s         s          s          s        .
body          withdrawn               .       .          .       s       s         s          s          s        .
body          encrypted               .       .          .       s       s         s          s          s        .
body          damaged                 .       .          .       x       x         x          x          x        .
body          disposed                .       .          .       x       x         x          x          x        .
officers      no version              .       .          .       .       o         o          o          o        .
officers      sealed                  .       .          .       .       s         s          s          s        .
officers      cited by a draft        .       .          .       .       s         s          s          s        .
officers      withdrawn               .       .          .       .       s         s          s          s        .
officers      encrypted               .       .          .       .       s         s          s          s        .
officers      damaged                 .       .          .       .       x         x          x          x        .
officers      disposed                .       .          .       .       x         x          x          x        .
confidential  no version              .       .          .       .       .         o          o          o        .
confidential  sealed                  .       .          .       .       .         s          s          s        .
confidential  cited by a draft        .       .          .       .       .         s          s          s        .
confidential  withdrawn               .       .          .       .       .         s          s          s        .
confidential  encrypted               .       .          .       .       .         s          s          s        .
confidential  damaged                 .       .          .       .       .         x          x          x        .
confidential  disposed                .       .          .       .       .         x          x          x        .`;

const statuses: Readonly<Record<string, readonly [get: number, read: number, retrieve: number]>> = {
  '.': [404, 404, 404],
  o: [200, 404, 404],
  s: [200, 404, 201],
  x: [200, 404, 409],
  P: [200, 302, 201],
  X: [200, 409, 409],
};

type Asker = Role | 'seated';
const [head = '', ...lines] = matrix.trim().split('\n');
const askers = head.split(/ {2,}/).slice(2) as Asker[];
const rows = lines.map(line => {
  const [level = '', state = '', ...marks] = line.split(/ {2,}/);
  return { level: level as AccessLevel, state, marks };
});

/** How a document comes into each state. Only what is of the level `public` can be scheduled or published. */
const states: Readonly<Record<string, (book: TestBook, access: AccessLevel) => Promise<string>>> = {
  'no version': async (book, access) => (await documentOf(book, factsOf(book, access))).id,
  sealed: async (book, access) => (await sealedOf(book, factsOf(book, access))).documentId,
  'cited by a draft': async (book, access) => {
    const { documentId } = await sealedOf(book, factsOf(book, access));
    await draftOf(book, { documents: [{ documentId, version: 1 }] });
    return documentId;
  },
  'cited by a scheduled': async (book, access) => {
    const { documentId } = await sealedOf(book, factsOf(book, access));
    await publishedOf(book, { documents: [{ documentId, version: 1 }] }, '2999-01-01T00:00:00Z');
    return documentId;
  },
  'cited by a published': async (book, access) => {
    const { documentId } = await sealedOf(book, factsOf(book, access));
    await publishedOf(book, { documents: [{ documentId, version: 1 }] });
    return documentId;
  },
  withdrawn: async (book, access) => {
    const { documentId } = await sealedOf(book, factsOf(book, 'public'));
    const { id, version } = await publishedOf(book, { documents: [{ documentId, version: 1 }] });
    const { secretary } = book.as;
    const body = { reason: 'Wrong.' };
    await secretary.withdrawDisclosure({ params: { disclosureId: id }, version, body }).then(answer => answer.body);
    if (access === 'public') return documentId;
    const read = (await secretary.getDocument({ params: { documentId } })).body;
    const change = { params: { documentId }, version: read.version, body: { access, reason: 'Closed.' } };
    await secretary.changeDocumentAccess(change).then(answer => answer.body);
    return documentId;
  },
  encrypted: async (book, access) => {
    const { id } = await documentOf(book, factsOf(book, access));
    const pdf = await pdfOf([`Locked ${id}.`], { userPassword: 'secret', ownerPassword: 'owner' });
    await uploadedOf(book.as.secretary, id, 'locked.pdf', pdf, 'application/pdf');
    const [version] = (await book.as.secretary.getDocument({ params: { documentId: id } })).body.versions;
    expect(version).toMatchObject({ condition: 'encrypted', public: false });
    return id;
  },
  damaged: async (book, access) => {
    const { documentId, sha256 } = await sealedOf(book, factsOf(book, access));
    await foundDamaged(book, sha256);
    return documentId;
  },
  'published, damaged': async (book, access) => {
    const { documentId, sha256 } = await sealedOf(book, factsOf(book, access));
    await publishedOf(book, { documents: [{ documentId, version: 1 }] });
    await foundDamaged(book, sha256);
    return documentId;
  },
  disposed: async (book, access) => (await disposedOf(book, factsOf(book, access))).documentId,
};

/** Of one kind, so that one list has them all. */
const factsOf = ({ bodies }: TestBook, access: AccessLevel) => ({
  access,
  kind: 'workplan' as const,
  bodyId: bodies.group,
});

it('the matrix of access has every level, state and asker, each once', () => {
  const always = Object.keys(states).filter(state => !['cited by a scheduled', 'cited by a published'].includes(state));
  const closed = always.filter(state => state !== 'published, damaged');
  const all = accessLevels.flatMap(level =>
    (level === 'public' ? Object.keys(states) : closed).map(state => `${level}: ${state}`),
  );
  expect(rows.map(({ level, state }) => `${level}: ${state}`)).toEqual(all);
  expect(askers.toSorted()).toEqual([...roles, 'seated'].toSorted());
  expect(rows.every(({ marks }) => marks.length === askers.length && marks.every(mark => mark in statuses))).toBe(true);
});

describeOnEachStore('access to documents', book => {
  const clients = new Map<Asker, Client>();
  const clientOf = (asker: Asker) => clients.get(asker) ?? book().as.public;
  const made = new Map<string, string>();

  beforeAll(async () => {
    for (const role of roles) clients.set(role, book().as[role]);
    const { administrator } = book().as;
    const email = 'seated@test.example';
    const { id } = (await administrator.createPerson({ body: { name: 'Person seated', email } })).body;
    const seat = { personId: id, office: 'member', title: null, voting: true, from: '2020-01-01', to: null } as const;
    await administrator.createSeat({ params: { bodyId: book().bodies.group }, body: seat }).then(({ body }) => body);
    clients.set('seated', await book().signedIn(email));
    for (const { level, state } of rows) {
      made.set(`${level}: ${state}`, (await states[state]?.(book(), level)) ?? '');
    }
  }, 120_000);
  afterAll(() => made.clear());

  const ask = (client: Client, documentId: string) =>
    Promise.all([
      client.getDocument({ params: { documentId } }),
      client.readFile({ params: { documentId, version: '1' } }),
      client.retrieveFile({ params: { documentId, version: '1' }, body: {} }),
    ]);
  const isOutside = (asker: Asker) => asker === 'public' || asker === 'signed-in';

  it.each(rows)('to one of the level $level, $state, is given as the table says', async row => {
    const documentId = made.get(`${row.level}: ${row.state}`) ?? '';
    const given = await Promise.all(
      askers.map(async asker => (await ask(clientOf(asker), documentId)).map(({ status }) => status)),
    );
    const expected = askers.map((asker, index) => {
      const [get, read, retrieve] = statuses[row.marks[index] ?? ''] ?? [];
      return [get, read, asker === 'public' ? 401 : asker === 'signed-in' ? 403 : retrieve];
    });
    expect(given).toEqual(expected);
  });

  it.each(askers)('puts on the list of the %s just those that the table gives them', async asker => {
    const listed: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const query = { kind: 'workplan', limit: '10', ...(cursor === undefined ? {} : { cursor }) };
      const answer = await clientOf(asker).listDocuments({ query });
      if (isOutside(asker)) {
        expect(answer.status).toBe(asker === 'public' ? 401 : 403);
        return;
      }
      listed.push(...answer.body.items.map(({ id }) => id));
      const next = answer.body.next;
      cursor = next === null ? undefined : (new URL(next, book().origin).searchParams.get('cursor') ?? undefined);
      more = cursor !== undefined;
    }
    const names = new Map([...made].map(([name, id]) => [id, name]));
    const column = askers.indexOf(asker);
    const expected = rows.filter(({ marks }) => marks[column] !== '.').map(({ level, state }) => `${level}: ${state}`);
    expect(listed.map(id => names.get(id)).toSorted()).toEqual(expected.toSorted());
  });

  const plain = ({ status, text, headers }: Answered<unknown>, id: string) => {
    const kept = [...headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
    return JSON.stringify({ status, text, kept }).replaceAll(id, '');
  };

  it.each(askers)('that the %s may not see is answered byte for byte as if it did not exist', async asker => {
    const absent = '01890a5d-ac96-774b-bcce-b302099a8070';
    const nothing = (await ask(clientOf(asker), absent)).map(answer => plain(answer, absent));
    const column = askers.indexOf(asker);
    for (const { level, state, marks } of rows.filter(row => row.marks[column] === '.')) {
      const id = made.get(`${level}: ${state}`) ?? '';
      const answers = (await ask(clientOf(asker), id)).map(answer => plain(answer, id));
      expect(answers, `${level}: ${state}, ${marks}`).toEqual(nothing);
    }
  });

  it('beyond what is published is to those who see all of it: others know no other version, and no plan for it', async () => {
    const review = { ownerId: book().people.treasurer, next: '2030-01-01' };
    const { documentId } = await sealedOf(book(), { access: 'public', kind: 'policy', review });
    await uploadedOf(book().as.secretary, documentId, 'second.txt', `Second, of ${documentId}.`);
    await publishedOf(book(), { documents: [{ documentId, version: 1 }] });
    const absent = { params: { documentId, version: '9' }, body: {} };
    for (const asker of ['member', 'seated', 'administrator'] as const) {
      const client = clientOf(asker);
      const {
        versions,
        review: told,
        retainedUntil,
        disposal,
      } = (await client.getDocument({ params: absent.params })).body;
      expect([versions.map(({ number }) => number), told, retainedUntil, disposal]).toEqual([[1], null, null, null]);
      const second = { params: { documentId, version: '2' }, body: {} };
      expect(plain(await client.retrieveFile(second), '')).toBe(plain(await client.retrieveFile(absent), ''));
      const card = (await client.listDocuments({ query: { kind: 'policy' } })).body.items.find(
        ({ id }) => id === documentId,
      );
      expect(card).toMatchObject({ latest: null });
    }
    const whole = (await clientOf('director').getDocument({ params: { documentId } })).body;
    expect([whole.versions.map(({ number }) => number), whole.review]).toEqual([[2, 1], review]);
  });
});
