/** The registers: organisation, bodies, people and seats, as they are and as they were. */
import { expect, it } from 'vitest';
import { describeOnEachStore, organisation, type TestBook } from '../support/book.ts';

const body = (more: object = {}) => ({
  kind: 'committee' as const,
  name: 'A committee',
  purpose: '',
  parentBodyId: null,
  established: '2020-01-01',
  publishesSeats: true,
  ...more,
});

async function bodyWith(book: TestBook, more: object = {}) {
  return (await book.as.secretary.createBody({ body: body(more) })).body;
}

async function personNamed(book: TestBook, name: string, email: string | null = null) {
  return (await book.as.secretary.createPerson({ body: { name, email } })).body;
}

describeOnEachStore('the registers', book => {
  const seatOf = (bodyId: string, seat: object) =>
    book().as.secretary.createSeat({
      params: { bodyId },
      body: { office: 'member', title: null, voting: false, from: '2020-01-01', to: null, ...seat } as never,
    });
  const seatedOn = async (bodyId: string, on: string) =>
    (await book().as.public.listSeats({ params: { bodyId }, query: { on } })).body.items.map(seat => seat.person.name);

  it('answers for the organisation as it was on a day', async () => {
    const { as } = book();
    const { version } = (await as.public.getOrganisation()).body;
    const renamed = { ...organisation, legalName: 'Renamed Society', from: '2024-03-01' };
    await as.secretary.updateOrganisation({ version, body: renamed });
    const nameOn = async (on: string) => (await as.public.getOrganisation({ query: { on } })).body.legalName;
    expect(await nameOn('2024-02-29')).toBe('Test Society');
    expect(await nameOn('2024-03-01')).toBe('Renamed Society');
    expect((await as.public.getOrganisation({ query: { on: '2019-12-31' } })).problem.code).toBe('not-found');
  });

  it('answers for bodies as they were on a day, and keeps a dissolved one readable', async () => {
    const { as } = book();
    const { id } = await bodyWith(book(), { name: 'First name', established: '2021-01-01' });
    const change = { purpose: '', parentBodyId: null, publishesSeats: true };
    const update = (version: number, more: object) =>
      as.secretary.updateBody({ params: { bodyId: id }, version, body: { ...change, ...more } as never });
    await update(1, { name: 'Second name', from: '2022-01-01', dissolved: null });
    await update(2, { name: 'Last name', from: '2023-01-01', dissolved: '2023-06-30' });
    const on = async (day: string) => {
      const { items } = (await as.public.listBodies({ query: { on: day, limit: '100' } })).body;
      return items.find(one => one.id === id)?.name;
    };
    expect(await on('2020-12-31')).toBeUndefined();
    expect(await on('2021-01-01')).toBe('First name');
    expect(await on('2022-06-01')).toBe('Second name');
    expect(await on('2023-06-30')).toBe('Last name');
    expect(await on('2023-07-01')).toBeUndefined();
    expect((await as.public.getBody({ params: { bodyId: id } })).body).toMatchObject({
      name: 'Last name',
      dissolved: '2023-06-30',
    });
    expect((await as.public.getBody({ params: { bodyId: id }, query: { on: '2024-01-01' } })).status).toBe(404);
    expect((await update(3, { name: 'X', from: '2020-01-01', dissolved: null })).problem.errors?.[0]?.field).toBe(
      '/from',
    );
    expect(
      (await update(3, { name: 'X', from: '2024-01-01', dissolved: '2023-12-31' })).problem.errors?.[0]?.field,
    ).toBe('/dissolved');
  });

  it('lists bodies in pages, each once, the oldest first', async () => {
    const { as } = book();
    const seen: string[] = [];
    let query: Record<string, string> = { limit: '2' };
    for (;;) {
      const answer = await as.public.listBodies({ query });
      seen.push(...answer.body.items.map(item => item.established));
      if (answer.body.next === null) break;
      expect(answer.headers.get('link')).toBe(`<${answer.body.next}>; rel="next"`);
      query = Object.fromEntries(new URL(answer.body.next, 'http://x').searchParams);
    }
    expect(seen).toEqual([...seen].sort());
    expect(seen.length).toBe((await as.public.listBodies({ query: { limit: '100' } })).body.items.length);
  });

  it('never lets bodies stand above each other in a circle, not even when two changes meet', async () => {
    const { as } = book();
    const [a, b] = [await bodyWith(book()), await bodyWith(book())];
    const under = (bodyId: string, parentBodyId: string) =>
      as.secretary.updateBody({
        params: { bodyId },
        version: 1,
        body: { name: 'X', purpose: '', parentBodyId, publishesSeats: true, from: '2020-01-01', dissolved: null },
      });
    const answers = await Promise.all([under(a.id, b.id), under(b.id, a.id)]);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 400]);
    expect((await under(a.id, a.id)).status).not.toBe(200);
    const unknown = await as.secretary.createBody({
      body: body({ parentBodyId: '01890a5d-ac96-774b-bcce-b302099a8057' }),
    });
    expect(unknown.problem.errors).toEqual([{ in: 'body', field: '/parentBodyId', message: 'There is no such body.' }]);
  });

  it('answers who sat where on a day, also after a seat was ended early', async () => {
    const { as } = book();
    const group = await bodyWith(book());
    const [ann, ben] = [await personNamed(book(), 'Ann'), await personNamed(book(), 'Ben')];
    const seat = (await seatOf(group.id, { personId: ann.id, from: '2021-01-01', to: '2025-12-31' })).body;
    await seatOf(group.id, { personId: ben.id, from: '2022-01-01' });
    const end = (version: number, lastDay: string) =>
      as.secretary.endSeat({ params: { seatId: seat.id }, version, body: { lastDay, reason: 'Moved away.' } });
    expect((await end(1, '2020-12-31')).problem.code).toBe('state-conflict');
    expect((await end(1, '2025-12-31')).problem.code).toBe('state-conflict');
    expect((await end(1, '2023-06-30')).body).toMatchObject({ to: '2023-06-30', version: 2 });
    expect(await seatedOn(group.id, '2020-12-31')).toEqual([]);
    expect(await seatedOn(group.id, '2021-06-01')).toEqual(['Ann']);
    expect(await seatedOn(group.id, '2023-06-30')).toEqual(['Ann', 'Ben']);
    expect(await seatedOn(group.id, '2023-07-01')).toEqual(['Ben']);
    const events = (await as.auditor.listEvents({ params: { kind: 'seat', recordId: seat.id } })).body.items;
    expect(events.map(event => event.operation)).toEqual(['endSeat', 'createSeat']);
    expect(events[0]).toMatchObject({ reason: 'Moved away.', by: book().people.secretary });
  });

  it('ends every seat of a body with the body', async () => {
    const { as } = book();
    const group = await bodyWith(book());
    const ann = await personNamed(book(), 'Ann');
    const seat = (await seatOf(group.id, { personId: ann.id })).body;
    const end = {
      name: 'X',
      purpose: '',
      parentBodyId: null,
      publishesSeats: true,
      from: '2020-01-01',
      dissolved: '2022-12-31',
    };
    await as.secretary.updateBody({ params: { bodyId: group.id }, version: 1, body: end });
    expect(await seatedOn(group.id, '2022-12-31')).toEqual(['Ann']);
    expect(await seatedOn(group.id, '2023-01-01')).toEqual([]);
    expect((await as.public.getSeat({ params: { seatId: seat.id } })).body.to).toBe('2022-12-31');
    expect((await seatOf(group.id, { personId: ann.id, office: 'chair', from: '2023-01-01' })).problem.code).toBe(
      'state-conflict',
    );
  });

  it('gives no place twice on one day, and each again after its end', async () => {
    const group = await bodyWith(book());
    const [ann, ben] = [await personNamed(book(), 'Ann'), await personNamed(book(), 'Ben')];
    const chair = (personId: string, from: string, to: string | null) =>
      seatOf(group.id, { personId, office: 'chair', from, to });
    expect((await chair(ann.id, '2021-01-01', '2021-12-31')).status).toBe(201);
    expect((await chair(ben.id, '2021-12-31', null)).problem.code).toBe('state-conflict');
    expect((await chair(ben.id, '2022-01-01', null)).status).toBe(201);
    expect((await chair(ann.id, '2020-01-01', '2020-12-31')).status).toBe(201);
    expect((await chair(ann.id, '2030-01-01', null)).problem.code).toBe('state-conflict');
    const member = (personId: string) => seatOf(group.id, { personId, office: 'member' });
    expect([(await member(ann.id)).status, (await member(ben.id)).status, (await member(ann.id)).status]).toEqual([
      201, 201, 409,
    ]);
    expect(
      (await seatOf(group.id, { personId: ann.id, from: '2022-01-02', to: '2022-01-01' })).problem.errors?.[0]?.field,
    ).toBe('/to');
  });

  it('seats one of many when many are seated in one place at once', async () => {
    const group = await bodyWith(book());
    const people = await Promise.all(['A', 'B', 'C', 'D', 'E', 'F'].map(name => personNamed(book(), name)));
    const answers = await Promise.all(people.map(({ id }) => seatOf(group.id, { personId: id, office: 'treasurer' })));
    expect(answers.map(answer => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await seatedOn(group.id, '2023-01-01')).toHaveLength(1);
  });

  it('lists hundreds of seats in pages, with those that are over left out', async () => {
    const { as } = book();
    const group = await bodyWith(book());
    const { id } = await personNamed(book(), 'Many terms');
    for (let month = 1; month <= 12; month++) {
      const from = `2021-${String(month).padStart(2, '0')}-01`;
      await seatOf(group.id, { personId: id, from, to: `${from.slice(0, 8)}05` });
    }
    await seatOf(group.id, { personId: id, from: '2022-01-01' });
    const page = (await as.public.listSeats({ params: { bodyId: group.id }, query: { limit: '3' } })).body;
    expect(page.items.map(seat => seat.from)).toEqual(['2022-01-01']);
    expect(page.next).toBeNull();
  });

  it('keeps an e-mail address with one person, whatever its case, and frees it when it changes', async () => {
    const { as } = book();
    const ann = await personNamed(book(), 'Ann', 'Ann@Unique.example');
    const again = await as.secretary.createPerson({ body: { name: 'Ben', email: 'ann@unique.EXAMPLE' } });
    expect(again.problem).toMatchObject({ code: 'already-exists', errors: [{ field: '/email' }] });
    await as.secretary.updatePerson({ params: { personId: ann.id }, version: 1, body: { name: 'Ann', email: null } });
    expect((await as.secretary.createPerson({ body: { name: 'Ben', email: 'ann@unique.example' } })).status).toBe(201);
    const many = await Promise.all(
      Array.from({ length: 5 }, () => as.secretary.createPerson({ body: { name: 'C', email: 'race@unique.example' } })),
    );
    expect(many.map(answer => answer.status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('knows a person by the sign-in that took an invitation, once, and not by an old code', async () => {
    const { as, signedIn, people } = book();
    const { id } = await personNamed(book(), 'Invited');
    const seated = {
      personId: id,
      office: 'director',
      title: null,
      voting: true,
      from: '2020-01-01',
      to: null,
    } as const;
    await as.secretary.createSeat({ params: { bodyId: book().bodies.board }, body: seated });
    const first = (await as.secretary.invitePerson({ params: { personId: id }, version: 1 })).body.code;
    const second = (await as.secretary.invitePerson({ params: { personId: id }, version: 2 })).body.code;
    const newcomer = await signedIn('newcomer@elsewhere.example');
    expect((await newcomer.getMe()).body).toEqual({ person: null, roles: ['public', 'signed-in'] });
    expect((await newcomer.acceptInvitation({ body: { code: first } })).status).toBe(404);
    const accepted = await newcomer.acceptInvitation({ body: { code: second } });
    expect(accepted.body).toMatchObject({
      person: { id, name: 'Invited' },
      roles: expect.arrayContaining(['director']),
    });
    expect((await newcomer.getMe()).body).toEqual(accepted.body);
    expect((await as['signed-in'].acceptInvitation({ body: { code: second } })).status).toBe(404);
    const other = await personNamed(book(), 'Other');
    const { code } = (await as.secretary.invitePerson({ params: { personId: other.id }, version: 1 })).body;
    expect((await newcomer.acceptInvitation({ body: { code } })).problem.code).toBe('already-exists');
    const events = await as.auditor.listEvents({ params: { kind: 'person', recordId: id } });
    expect(events.body.items[0]).toMatchObject({ operation: 'acceptInvitation', by: id });
    expect(events.text).not.toContain(second);
    expect(people.secretary).toBe((await as.secretary.getMe()).body.person?.id);
  });

  it('lets an invitation lapse', async () => {
    const { as, signedIn, setClock } = book();
    const { id } = await personNamed(book(), 'Late');
    const { code, expiresAt } = (await as.secretary.invitePerson({ params: { personId: id }, version: 1 })).body;
    const late = await signedIn('late@elsewhere.example');
    setClock(expiresAt);
    const refused = await late.acceptInvitation({ body: { code } });
    setClock(new Date(Date.parse(expiresAt) - 1).toISOString());
    const accepted = await late.acceptInvitation({ body: { code } });
    setClock(undefined);
    expect([refused.status, accepted.status]).toEqual([404, 200]);
  });

  it('records every change as an event in the commit of the change', async () => {
    const { as, people } = book();
    const { id } = await bodyWith(book(), { name: 'Before' });
    const change = {
      name: 'After',
      purpose: '',
      parentBodyId: null,
      publishesSeats: true,
      from: '2020-01-01',
      dissolved: null,
    };
    await as.administrator.updateBody({ params: { bodyId: id }, version: 1, body: change });
    await as.administrator.updateBody({ params: { bodyId: id }, version: 2, body: change });
    const { items } = (await as.auditor.listEvents({ params: { kind: 'body', recordId: id } })).body;
    expect(items.map(event => [event.operation, event.by, event.record.version])).toEqual([
      ['updateBody', people.administrator, 2],
      ['createBody', people.secretary, 1],
    ]);
    expect(items[0]?.changes).toEqual([
      {
        field: 'history',
        from: [expect.objectContaining({ name: 'Before' })],
        to: [expect.objectContaining({ name: 'After' })],
      },
    ]);
  });
});
