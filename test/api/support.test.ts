/** Grants and supporters over HTTP: who sees whom, and what of the amount. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { sealedOf, sha256Of } from '../support/documents.ts';
import { createdSupport, type SupportInput, supportBody } from '../support/supporters.ts';

describeOnEachStore('support', book => {
  const today = '2026-03-02T15:00:00.000Z';
  const open = () => {
    book().setClock(today);
    return book();
  };
  const agreed = (shows: SupportInput['consent']['shows'] = { as: 'recorded' }) => ({
    given: true,
    on: '2024-03-01',
    shows,
  });
  const others = ['public', 'signed-in', 'member', 'administrator'] as const;
  const governors = ['director', 'secretary', 'treasurer', 'auditor'] as const;

  /** Everything that somebody can read of support, as text. */
  async function allThatIsSeen(client: Client, years: readonly string[], ids: readonly string[]): Promise<string> {
    const texts: string[] = [];
    for (const year of years)
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query: Record<string, string> = { year, limit: '2', ...(cursor === '' ? {} : { cursor }) };
        const page = await client.listSupport({ query });
        texts.push(page.text);
        cursor = page.body.next === null ? null : new URL(page.body.next, 'http://book').searchParams.get('cursor');
      }
    for (const supportId of ids) texts.push((await client.getSupport({ params: { supportId } })).text);
    return texts.join('\n');
  }

  it('shows the name, and of the amount what was agreed: all of it, a range, or nothing', async () => {
    const { as } = open();
    const amount = { amount: 2_500_017, currency: 'EUR' };
    const on = '2011-05-05';
    const whole = await createdSupport(book(), { supporter: 'Whole', amount, on, consent: agreed() });
    const range = await createdSupport(book(), {
      supporter: 'Range',
      amount,
      on,
      consent: agreed({ as: 'range', from: 2_000_000, to: null }),
    });
    const none = await createdSupport(book(), {
      supporter: 'None',
      amount,
      on,
      note: 'Secret note',
      consent: agreed({ as: 'nothing' }),
    });
    for (const role of others) {
      const { body } = await as[role].listSupport({ query: { year: '2011' } });
      expect(body).toMatchObject({ year: '2011', next: null, unnamed: { supporters: 0, sums: [] }, totals: null });
      expect(body.items.map(({ supporter, amount: shown, consent }) => [supporter, shown, consent])).toEqual([
        ['None', null, null],
        ['Range', { from: 2_000_000, to: null, currency: 'EUR' }, null],
        ['Whole', amount, null],
      ]);
      for (const { id } of [whole, range, none]) {
        const one = await as[role].getSupport({ params: { supportId: id } });
        expect(one.body).toMatchObject({ named: true, consent: null, note: null });
      }
    }
    const seen = await allThatIsSeen(as.public, ['2011'], [range.id, none.id]);
    expect(seen.match(/2500017/g)).toHaveLength(1);
    expect(seen).not.toContain('Secret note');
  });

  it('gives nothing away of who did not agree, by no way that others have', async () => {
    const { as } = open();
    const secrets = ['Hidden Benefactor', 'Silent purpose', 'Whispered note', '77777777', '88888888', '66666666'];
    const [supporter = '', purpose = '', note = ''] = secrets;
    const years = ['2012', '2026'];
    const made = await Promise.all(
      years.map(async (year, index) =>
        createdSupport(book(), {
          supporter: `${supporter} ${index}`,
          purpose,
          note,
          amount:
            index === 0
              ? { amount: 77_777_777, currency: 'USD' }
              : { from: 66_666_666, to: 88_888_888, currency: 'USD' },
          on: `${year}-01-31`,
          consent: { shows: { as: 'range', from: 66_666_666, to: null } },
        }),
      ),
    );
    const ids = made.map(({ id }) => id);
    for (const role of others) {
      const seen = await allThatIsSeen(as[role], years, ids);
      for (const secret of [...secrets, ...ids]) expect(seen, `${secret} as ${role}`).not.toContain(secret);
      for (const supportId of ids) {
        const hidden = await as[role].getSupport({ params: { supportId } });
        const absent = await as[role].getSupport({ params: { supportId: v7() } });
        expect({ status: hidden.status, problem: hidden.problem }).toEqual({ status: 404, problem: absent.problem });
      }
    }
    for (const role of governors) {
      const seen = await allThatIsSeen(as[role], years, ids);
      for (const secret of [...secrets, ...ids]) expect(seen, `${secret} as ${role}`).toContain(secret);
    }
    expect((await as.public.listSupport({ query: { year: '2012' } })).body).toMatchObject({
      unnamed: { supporters: 1, sums: [] },
    });
  });

  it('shows nothing more from the moment on at which a consent is taken back, and again when it is given', async () => {
    const { as } = open();
    const { id, version } = await createdSupport(book(), {
      supporter: 'Changeable',
      on: '2013-01-01',
      consent: agreed(),
    });
    const params = { supportId: id };
    const seen = () => allThatIsSeen(as.public, ['2013', '2014'], [id]);
    expect(await seen()).toContain('Changeable');
    const without = supportBody({
      supporter: 'Changeable',
      on: '2013-01-01',
      consent: { given: false, on: '2026-03-02' },
    });
    expect((await as.secretary.updateSupport({ params, version: version + 1, body: without })).status).toBe(412);
    const taken = (await as.secretary.updateSupport({ params, version, body: without })).body;
    expect(taken).toMatchObject({ named: false, version: 2 });
    expect(await seen()).not.toContain('Changeable');
    expect((await as.public.getSupport({ params })).status).toBe(404);
    const moved = supportBody({ supporter: 'Changeable', on: '2014-12-31', consent: agreed() });
    await as.secretary.updateSupport({ params, version: 2, body: moved });
    expect((await as.public.listSupport({ query: { year: '2013' } })).body).toMatchObject({
      items: [],
      unnamed: { supporters: 0 },
    });
    expect((await as.public.listSupport({ query: { year: '2014' } })).body.items).toMatchObject([
      { id, supporter: 'Changeable' },
    ]);
  });

  it('tells how many are not named, and of three or more what they gave in a year that is over', async () => {
    const { as } = open();
    const gave = (supporter: string, amount: number, on: string, consent = {}) =>
      createdSupport(book(), { supporter, amount: { amount, currency: 'USD' }, on, consent });
    const read = async (year: string) => (await as.public.listSupport({ query: { year } })).body.unnamed;
    await gave('One', 40_111, '2015-01-01');
    await gave('Two', 50_222, '2015-02-02');
    await gave('two', 10_000, '2015-03-03');
    await gave('Named', 1_000_000, '2015-04-04', agreed());
    expect(await read('2015')).toEqual({ supporters: 2, sums: [] });
    await gave('Three', 30_333, '2015-05-05');
    expect(await read('2015')).toEqual({ supporters: 3, sums: [{ currency: 'USD', about: 130_000 }] });
    const amount = { amount: 10_000, currency: 'EUR' };
    for (const supporter of ['One', 'Two', 'Three'])
      await createdSupport(book(), { supporter, amount, on: '2026-01-01' });
    expect((await read('2026')).sums).toEqual([]);
    book().setClock('2027-01-01T12:00:00.000Z');
    expect((await read('2026')).sums).toEqual([{ currency: 'EUR', about: 30_000 }]);
    open();
    const { totals } = (await as.auditor.listSupport({ query: { year: '2015' } })).body;
    expect(totals).toEqual([{ currency: 'USD', from: 1_130_666, to: 1_130_666, count: 5 }]);
    expect((await as.public.listSupport({ query: { year: '2015' } })).body.totals).toBeNull();
  });

  it('has sums whose difference does not tell what somebody gave who agrees to be named, but not to the amount', async () => {
    const { as } = open();
    const gave = (supporter: string, amount: number, consent = {}) =>
      supportBody({ supporter, amount: { amount, currency: 'USD' }, on: '2014-01-01', consent });
    const sums = async () => (await as.public.listSupport({ query: { year: '2014' } })).body.unnamed.sums;
    for (const [supporter, amount] of [
      ['One', 40_000],
      ['Two', 35_000],
      ['Three', 30_000],
    ] as const)
      await as.treasurer.createSupport({ body: gave(supporter, amount) });
    const { id, version } = (await as.treasurer.createSupport({ body: gave('Four', 12_345) })).body;
    const before = await sums();
    expect(before).toEqual([{ currency: 'USD', about: 120_000 }]);
    const params = { supportId: id };
    const body = gave('Four', 12_345, { given: true, shows: { as: 'nothing' } });
    const named = (await as.treasurer.updateSupport({ params, version, body })).body;
    expect(await sums()).toEqual(before);
    const range = gave('Four', 12_345, { given: true, shows: { as: 'range', from: 10_000, to: 20_000 } });
    await as.treasurer.updateSupport({ params, version: named.version, body: range });
    expect(await sums()).toEqual(before);
  });

  it('adds up the largest amounts that it takes, and takes none that could not be added up', async () => {
    const { as } = open();
    const largest = 1_000_000_000_000;
    const gave = (supporter: string, amount: number) =>
      as.treasurer.createSupport({
        body: supportBody({ supporter, amount: { amount, currency: 'USD' }, on: '2013-01-01' }),
      });
    expect((await gave('Nobody', largest + 1)).problem.errors?.[0]?.field).toMatch(/^\/amount/);
    for (const supporter of ['One', 'Two', 'Three', 'Four']) await gave(supporter, largest);
    const { totals, unnamed } = (await as.auditor.listSupport({ query: { year: '2013' } })).body;
    expect(totals).toEqual([{ currency: 'USD', from: 4 * largest, to: 4 * largest, count: 4 }]);
    expect(unnamed.sums).toEqual([{ currency: 'USD', about: 4 * largest }]);
  });

  it('goes through a year page by page, and leaves nobody out', async () => {
    const { as } = open();
    for (let day = 1; day <= 5; day++)
      await createdSupport(book(), {
        supporter: `Pages ${day}`,
        on: `2016-01-0${day}`,
        consent: { given: day % 2 === 1 },
      });
    const names = (text: string) => [...text.matchAll(/Pages \d/g)].map(([name]) => name);
    expect(names(await allThatIsSeen(as.public, ['2016'], []))).toEqual(['Pages 5', 'Pages 3', 'Pages 1']);
    expect(names(await allThatIsSeen(as.director, ['2016'], []))).toEqual([5, 4, 3, 2, 1].map(day => `Pages ${day}`));
  });

  it('keeps the evidence of a consent by its digest', async () => {
    const { as } = book();
    // The stores that take the file have clocks of their own.
    book().setClock(undefined);
    const { documentId, content } = await sealedOf(book(), { access: 'confidential' });
    const evidence = { documentId, version: 1 };
    const { id } = await createdSupport(book(), { consent: { ...agreed(), evidence } });
    const { consent } = (await as.auditor.getSupport({ params: { supportId: id } })).body;
    expect(consent?.evidence).toEqual({ ...evidence, sha256: sha256Of(content) });
    expect((await as.public.getSupport({ params: { supportId: id } })).text).not.toContain(documentId);
  });

  it.each([
    ['/on', { on: '2026-03-03' }],
    ['/consent/on', { consent: { given: true, on: '2026-03-03' } }],
    ['/consent/on', { consent: { given: true, on: null } }],
    ['/consent/evidence', { consent: { evidence: { documentId: v7(), version: 1 } } }],
    ['/consent/shows', { consent: { shows: { as: 'range', from: 100_001, to: null } } }],
    ['/consent/shows', { consent: { shows: { as: 'range', from: 0, to: 99_999 } } }],
    ['/amount/to', { amount: { from: 2, to: 1, currency: 'USD' } }],
    ['/amount', { amount: { amount: 1.5, currency: 'USD' } }],
    ['/supporter', { supporter: ' ' }],
    ['/period', { period: { from: '2024-01-02', to: '2024-01-01' } }],
    ['/on', { on: '0224-03-01' }],
  ] as const)('names the field %s when it is wrong, and records nothing', async (field, change) => {
    const { as } = open();
    const count = async () =>
      (await as.auditor.listSupport({ query: { year: '2024', limit: '100' } })).body.items.length;
    const before = await count();
    const answer = await as.treasurer.createSupport({ body: supportBody(change as never) });
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: 'body', field }] } });
    expect(await count()).toBe(before);
  });
});
