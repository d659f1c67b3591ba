/** Who keeps the registers cannot take over, shut out or end those who control the book. */
import { expect, it } from 'vitest';
import { describeOnEachStore, organisation } from '../support/book.ts';
import type { Client } from '../support/client.ts';

describeOnEachStore('control of the book', book => {
  const personOf = async (role: 'administrator' | 'auditor' | 'treasurer' | 'director' | 'member') => {
    const personId = book().people[role];
    const { version, name } = (await book().as.administrator.getPerson({ params: { personId } })).body;
    return { params: { personId }, version, name };
  };
  const rolesOf = async (client: Client) => (await client.getMe()).body.roles;
  const seatOf = (office: 'administrator' | 'member', personId: string, from: string, to: string | null) =>
    book().as.administrator.createSeat({
      params: { bodyId: book().bodies.group },
      body: { personId, office, title: null, voting: false, from, to },
    });

  it.each(['administrator', 'auditor', 'treasurer', 'director'] as const)(
    'lets a secretary neither invite the %s, who can sign in already, nor change the address',
    async role => {
      const { params, version, name } = await personOf(role);
      const { secretary } = book().as;
      expect((await secretary.invitePerson({ params, version })).problem.code).toBe('not-allowed');
      for (const email of [null, 'taken-over@test.example']) {
        const answer = await secretary.updatePerson({ params, version, body: { name, email } });
        expect(answer.problem.code).toBe('not-allowed');
      }
      const renamed = await secretary.updatePerson({ params, version, body: { name, email: `${role}@test.example` } });
      expect(renamed.status).toBe(200);
      expect(await rolesOf(book().as[role])).toContain(role);
    },
  );

  it('lets a secretary invite members, and new officers who cannot sign in yet', async () => {
    const { as, bodies } = book();
    const member = await personOf('member');
    expect((await as.secretary.invitePerson(member)).status).toBe(201);
    const { id } = (await as.secretary.createPerson({ body: { name: 'New director', email: null } })).body;
    const seat = { personId: id, office: 'director', title: null, voting: true, from: '2020-01-01', to: null } as const;
    await as.secretary.createSeat({ params: { bodyId: bodies.board }, body: seat });
    expect((await as.secretary.invitePerson({ params: { personId: id }, version: 1 })).status).toBe(201);
    expect((await as.administrator.invitePerson(await personOf('auditor'))).status).toBe(201);
  });

  it('lets nobody take an invitation whose sign-in is somebody else in the book', async () => {
    const { as } = book();
    const { code } = (await as.administrator.invitePerson(await personOf('treasurer'))).body;
    expect((await as.secretary.acceptInvitation({ body: { code } })).problem.code).toBe('already-exists');
    expect(await rolesOf(as.secretary)).not.toContain('treasurer');
    expect((await as.treasurer.acceptInvitation({ body: { code } })).status).toBe(200);
  });

  it('makes an invitation worthless that a keeper made before the person came to control the book', async () => {
    const { as, bodies, signedIn } = book();
    const { id } = (await as.secretary.createPerson({ body: { name: 'Later auditor', email: null } })).body;
    const { code } = (await as.secretary.invitePerson({ params: { personId: id }, version: 1 })).body;
    const seat = { personId: id, office: 'auditor', title: null, voting: false, from: '2020-01-01', to: null } as const;
    await as.administrator.createSeat({ params: { bodyId: bodies.board }, body: seat });
    const accomplice = await signedIn('accomplice@elsewhere.example');
    expect((await accomplice.acceptInvitation({ body: { code } })).problem.code).toBe('state-conflict');
    expect(await rolesOf(accomplice)).not.toContain('auditor');
    const renewed = (await as.administrator.invitePerson({ params: { personId: id }, version: 2 })).body.code;
    expect((await accomplice.acceptInvitation({ body: { code: renewed } })).body.roles).toContain('auditor');
  });

  it('leaves controllers in office when the body in which they sit is ended', async () => {
    const { as } = book();
    const { id } = (
      await as.administrator.createBody({
        body: {
          kind: 'board-of-directors',
          name: 'Old board',
          purpose: '',
          parentBodyId: null,
          established: '2020-01-01',
          publishesSeats: true,
        },
      })
    ).body;
    const email = 'old-auditor@test.example';
    const person = (await as.administrator.createPerson({ body: { name: 'Old auditor', email } })).body;
    const seat = {
      personId: person.id,
      office: 'auditor',
      title: null,
      voting: false,
      from: '2020-01-01',
      to: null,
    } as const;
    await as.administrator.createSeat({ params: { bodyId: id }, body: seat });
    const end = {
      name: 'Old board',
      purpose: '',
      parentBodyId: null,
      publishesSeats: true,
      from: '2020-01-01',
      dissolved: '2021-01-01',
    };
    await as.secretary.updateBody({ params: { bodyId: id }, version: 1, body: end });
    expect(await rolesOf(await book().signedIn(email))).toContain('auditor');
  });

  it('never lets the last administrator go, not even when two end each other', async () => {
    const { as, signedIn, bodies, people } = book();
    const seats = (await as.administrator.listSeats({ params: { bodyId: bodies.board }, query: { limit: '100' } })).body
      .items;
    const own = String(seats.find(seat => seat.office === 'administrator')?.id);
    const end = (client: Client, seatId: string) =>
      client.endSeat({ params: { seatId }, version: 1, body: { lastDay: '2999-01-01', reason: 'Over.' } });
    expect((await end(as.administrator, own)).problem.code).toBe('state-conflict');
    const email = 'second-administrator@test.example';
    const { id } = (await as.administrator.createPerson({ body: { name: 'Second', email } })).body;
    const second = (await seatOf('administrator', id, '2020-01-01', null)).body.id;
    const other = await signedIn(email);
    const answers = await Promise.all([end(as.administrator, second), end(other, own)]);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
    expect(people.administrator).toBeDefined();
  });

  it('loses nobody a role for having many seats', async () => {
    const { as, people } = book();
    const day = new Date().toISOString().slice(0, 10);
    const groups = await Promise.all(
      Array.from({ length: 105 }, (_, index) =>
        as.administrator.createBody({
          body: {
            kind: 'working-group',
            name: `Group ${index}`,
            purpose: '',
            parentBodyId: null,
            established: '2020-01-01',
            publishesSeats: true,
          },
        }),
      ),
    );
    for (const group of groups) {
      const body = {
        personId: people.auditor,
        office: 'member',
        title: null,
        voting: false,
        from: day,
        to: null,
      } as const;
      await as.secretary.createSeat({ params: { bodyId: group.body.id }, body });
    }
    expect(await rolesOf(as.auditor)).toContain('auditor');
  });

  it('shows an auditor every event of the book, month by month, the latest first', async () => {
    const { as } = book();
    const seen: { at: string; id: string; operation: string }[] = [];
    for (let query: Record<string, string> | null = { limit: '50' }; query !== null; ) {
      const page: { items: typeof seen; next: string | null } = (await as.auditor.listBookEvents({ query })).body;
      seen.push(...page.items);
      query = page.next === null ? null : Object.fromEntries(new URL(page.next, 'http://x').searchParams);
    }
    expect(seen.map(event => event.at)).toEqual(
      seen
        .map(event => event.at)
        .sort()
        .reverse(),
    );
    expect(new Set(seen.map(event => event.id)).size).toBe(seen.length);
    expect(seen.filter(event => event.operation === 'found')).toHaveLength(4);
    expect(seen.filter(event => event.operation === 'createBody').length).toBeGreaterThan(100);
    expect((await as.auditor.listBookEvents({ query: { month: '1999-01' } })).body.items).toEqual([]);
    const cursor =
      String((await as.auditor.listBookEvents({ query: { limit: '1' } })).body.next).split('cursor=')[1] ?? '';
    expect((await as.public.listBodies({ query: { cursor } })).problem.code).toBe('malformed-request');
  });

  it('records facts of a day to come without their holding today, and decides once whether it is a demonstration', async () => {
    const { as } = book();
    const { version } = (await as.public.getOrganisation()).body;
    const body = { ...organisation, timeZone: 'Pacific/Kiritimati', legalName: 'Future name', from: '2999-01-01' };
    expect((await as.secretary.updateOrganisation({ version, body })).body.legalName).toBe('Future name');
    expect((await as.public.getOrganisation()).body).toMatchObject({
      legalName: 'Test Society',
      timeZone: 'America/New_York',
    });
    const update = (more: object) =>
      as.secretary.updateOrganisation({ version: version + 1, body: { ...body, ...more } });
    expect((await update({ demonstration: true })).problem.errors?.[0]?.field).toBe('/demonstration');
    expect((await update({ from: '2019-12-31' })).problem.errors?.[0]?.field).toBe('/from');
  });
});
