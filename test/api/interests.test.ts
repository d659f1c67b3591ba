/** The register of interests over HTTP: who declares, who sees it, and who owes it still. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { describeOnEachStore, type TestBook } from '../support/book.ts';

describeOnEachStore('the register of interests', open => {
  const today = '2026-03-02T15:00:00.000Z';
  const lastYear = '2025';
  const book = () => {
    open().setClock(today);
    return open();
  };
  const interest = {
    party: 'A bank',
    relation: 'ownership',
    description: 'Holds a tenth of it.',
    from: '2019-01-01',
    to: null,
  } as const;

  const declare = (client: TestBook['as']['member'], year: string, version = 0, interests: unknown[] = [interest]) =>
    client.declareInterests({ params: { year }, version, body: { interests } as never });

  /** All pages of a list. */
  async function all<Item>(next: (cursor?: string) => Promise<{ items: readonly Item[]; next: string | null }>) {
    const items: Item[] = [];
    let cursor: string | undefined;
    do {
      const page = await next(cursor);
      items.push(...page.items);
      cursor =
        page.next === null ? undefined : (new URLSearchParams(page.next.split('?')[1]).get('cursor') ?? undefined);
    } while (cursor !== undefined);
    return items;
  }

  it('shows nothing declared as version 0, keeps what is declared, and each correction with its history', async () => {
    const { as, people } = book();
    const params = { year: lastYear };
    const before = await as.director.getMyDeclaration({ params });
    expect(before.body).toEqual({ year: lastYear, interests: [], declaredAt: null, version: 0 });
    const first = await declare(as.director, lastYear);
    expect(first).toMatchObject({ status: 200, body: { interests: [interest], declaredAt: today, version: 1 } });
    expect((await declare(as.director, lastYear, 0)).status).toBe(412);
    expect((await declare(as.director, lastYear, 1, [])).body).toMatchObject({ interests: [], version: 2 });
    expect((await as.director.getMyDeclaration({ params })).body).toMatchObject({ interests: [], version: 2 });
    const items = await open().records.query({
      table: 'records',
      partition: `declaration#${people.director}~${lastYear}`,
      prefix: 'event#',
      order: 'ascending',
      limit: 10,
    });
    expect(items.items.map(({ data }) => (data as { by: string }).by)).toEqual([people.director, people.director]);
    expect(JSON.stringify(items.items[1]?.data)).toContain('A bank');
  });

  it('takes one of two that are made at once', async () => {
    const { as } = book();
    const answers = await Promise.all([declare(as.treasurer, lastYear), declare(as.treasurer, lastYear, 0, [])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('takes this year and the last, in the time zone of the organisation', async () => {
    const { as, setClock } = open();
    setClock('2026-01-01T04:59:00.000Z');
    const declined = async (year: string) => (await declare(as.member, year)).status;
    expect(await declined('2026')).toBe(400);
    expect(await declined('2024')).toBe(200);
    setClock('2026-01-01T05:00:00.000Z');
    expect(await declined('2024')).toBe(400);
    expect(await declined('2026')).toBe(200);
  });

  it.each([
    ['/interests/0/to', [{ ...interest, to: '2018-12-31' }]],
    ['/interests/0/relation', [{ ...interest, relation: 'friendship' }]],
    ['/interests/0/party', [{ ...interest, party: ' ' }]],
    ['/interests/1/description', [interest, { ...interest, description: 'x'.repeat(501) }]],
    ['/interests', Array.from({ length: 51 }, () => interest)],
    ['/interests/0/personId', [{ ...interest, personId: v7() }]],
  ])('names the field %s when it is wrong, and changes nothing', async (field, interests) => {
    const { as } = book();
    const params = { year: '2026' };
    const before = await as.secretary.getMyDeclaration({ params });
    const answer = await declare(as.secretary, '2026', before.body.version, interests);
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: 'body', field }] } });
    expect((await as.secretary.getMyDeclaration({ params })).body).toEqual(before.body);
  });

  it('takes fifty of the longest, twice', async () => {
    const { as } = book();
    const long = { ...interest, party: '東'.repeat(200), description: '京'.repeat(500) };
    const fifty = Array.from({ length: 50 }, () => long);
    expect((await declare(as.auditor, '2026', 0, fifty)).status).toBe(200);
    const other = fifty.map(one => ({ ...one, party: '北'.repeat(200) }));
    expect((await declare(as.auditor, '2026', 1, other)).status).toBe(200);
  });

  it('lists who owes a declaration and who has made it, the others who made one too, page by page', async () => {
    const { as, people, bodies } = book();
    const year = '2026';
    const director = await seatedDirector('2020-01-01', null);
    const early = await seatedDirector('2020-01-01', '2026-01-30');
    const late = await seatedDirector('2026-03-03', null);
    const others = [await declaringMember('one'), await declaringMember('two'), await declaringMember('three')];
    expect((await declare(as.director, year)).status).toBe(200);
    const read = (limit: number) =>
      all(async cursor => {
        const query = { year, limit, ...(cursor === undefined ? {} : { cursor }) } as never;
        return (await as.auditor.listDeclarations({ query })).body;
      });
    const items = await read(100);
    const of = (id: string) => items.find(({ person }) => person.id === id);
    expect(of(people.director)).toEqual({
      person: { id: people.director, name: 'Person director' },
      owed: true,
      declaredAt: today,
      interests: 1,
    });
    expect(of(director)).toMatchObject({ owed: true, declaredAt: null, interests: null });
    for (const officer of [people.secretary, people.treasurer]) expect(of(officer)).toMatchObject({ owed: true });
    // Declared in other tests, though they do not owe it.
    for (const other of [people.member, people.auditor, ...others]) expect(of(other)).toMatchObject({ owed: false });
    for (const nobody of [early, late, people.administrator]) expect(of(nobody)).toBeUndefined();
    expect(JSON.stringify(items)).not.toContain('bank');
    for (const limit of [1, 2, 3]) expect(await read(limit)).toEqual(items);

    const { body: state } = await as.secretary.getDeclarationState({ params: { year } });
    const owed = items.filter(item => item.owed);
    expect(state).toEqual({
      year,
      owed: owed.length,
      declared: owed.filter(({ declaredAt }) => declaredAt !== null).length,
      evidence: owed.filter(({ declaredAt }) => declaredAt !== null).map(({ person }) => `${person.id}~${year}`),
      missing: owed.filter(({ declaredAt }) => declaredAt === null).map(({ person }) => person.id),
    });
    expect(state.evidence).toContain(`${people.director}~${year}`);
    const { body: future } = await as.secretary.getDeclarationState({ params: { year: '2027' } });
    expect(future).toMatchObject({ owed: 0, missing: [] });

    async function declaringMember(name: string): Promise<string> {
      const email = `${name}@test.example`;
      const { id } = (await as.administrator.createPerson({ body: { name, email } })).body;
      const seat = {
        personId: id,
        office: 'member',
        title: null,
        voting: false,
        from: '2020-01-01',
        to: null,
      } as const;
      const params = { bodyId: bodies.group };
      expect((await as.administrator.createSeat({ params, body: seat as never })).status).toBe(201);
      expect((await declare(await book().signedIn(email), year)).status).toBe(200);
      return id;
    }

    async function seatedDirector(from: string, to: string | null): Promise<string> {
      const { id } = (await as.administrator.createPerson({ body: { name: 'A director', email: null } })).body;
      const seat = { personId: id, office: 'director', title: null, voting: true, from, to } as const;
      expect(
        (await as.administrator.createSeat({ params: { bodyId: bodies.board }, body: seat as never })).status,
      ).toBe(201);
      return id;
    }
  });

  it('shows in the register of a day the latest declaration of who owes one then, and of nobody else', async () => {
    const { as, people } = book();
    const read = (on: string, limit = 100) =>
      all(async cursor => {
        const query = { on, limit, ...(cursor === undefined ? {} : { cursor }) } as never;
        return (await as.treasurer.listInterests({ query })).body;
      });
    const now = await read('2026-03-02');
    const of = (items: typeof now, id: string) => items.find(({ person }) => person.id === id);
    expect(of(now, people.director)?.declaration).toMatchObject({ year: '2026', interests: [interest], version: 1 });
    expect(of(await read('2025-12-31'), people.director)?.declaration).toMatchObject({ year: '2025', version: 2 });
    expect(of(await read('2024-12-31'), people.director)).toMatchObject({ declaration: null });
    expect(await read('2019-12-31')).toEqual([]);
    for (const other of [people.member, people.auditor]) expect(of(now, other)).toBeUndefined();
    expect(await read('2026-03-02', 1)).toEqual(now);
  });

  it('lists what a person declared, the latest year first', async () => {
    const { as, people } = book();
    const { body } = await as.director.listPersonInterests({ params: { personId: people.director } });
    expect(body.items.map(({ year, version }) => [year, version])).toEqual([
      ['2026', 1],
      ['2025', 2],
    ]);
    expect((await as.director.listPersonInterests({ params: { personId: v7() } })).status).toBe(404);
  });

  it('shows nobody but the board and auditors what was declared, and nobody at all by another way', async () => {
    const { as, people } = book();
    for (const role of ['member', 'administrator', 'signed-in', 'public'] as const) {
      const client = as[role];
      for (const answer of [
        await client.listInterests(),
        await client.listDeclarations(),
        await client.getDeclarationState({ params: { year: '2026' } }),
        await client.listPersonInterests({ params: { personId: people.director } }),
        await client.listPersonInterests({ params: { personId: v7() } }),
      ]) {
        expect([401, 403]).toContain(answer.status);
        expect(answer.text).not.toContain('bank');
      }
    }
    const mine = await as.member.getMyDeclaration({ params: { year: lastYear } });
    expect(mine.body).toMatchObject({ interests: [], declaredAt: null });
  });
});
