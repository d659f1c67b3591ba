/** The life of filings through the API: who records what, what is frozen, what everybody may have of it; on both stores. */
import { expect, it } from 'vitest';

import { describeOnEachStore } from '../support/book.ts';
import { sealedOf } from '../support/documents.ts';
import { keepSince } from '../support/expecting.ts';
import { expectedOf, inDays, submittedOf } from '../support/filings.ts';

describeOnEachStore('filings', book => {
  it('are recorded step by step, each an event with who did it', async () => {
    const { as, people } = book();
    const { filingId, version } = await expectedOf(book(), { ruleId: 'us-irs-return' });
    const params = { filingId };
    const { documentId, sha256 } = await sealedOf(book(), { access: 'confidential' });
    const paper = { documentId, version: 1 };
    const { treasurer } = as;
    let filing = (await treasurer.assignFiling({ params, version, body: { responsible: [people.director] } })).body;
    expect(filing).toMatchObject({ state: 'expected', responsible: [{ name: 'Person director' }] });
    const step = async (send: (version: number) => Promise<{ readonly body: typeof filing }>) => {
      filing = (await send(filing.version)).body;
      return filing.state;
    };
    expect(await step(at => treasurer.prepareFiling({ params, version: at, body: { on: '2024-03-01' } }))).toBe(
      'preparing',
    );
    const given = [{ personId: people.director, on: '2024-05-01' }];
    expect(await step(at => treasurer.reviewFiling({ params, version: at, body: { paper, given } }))).toBe('reviewed');
    expect(filing.review).toMatchObject({
      paper: { sha256, document: { documentId, version: 1 } },
      given: [{ person: { id: people.director, name: 'Person director' }, on: '2024-05-01' }],
    });
    const asked = { askedOn: '2024-05-14', confirmation: null, evidence: paper };
    expect(await step(at => treasurer.extendFiling({ params, version: at, body: asked }))).toBe('reviewed');
    expect(filing.due).toBe('2024-11-15');
    const sent = { on: '2024-11-15', by: 'A preparer', way: 'electronic' as const, papers: [paper] };
    expect(await step(at => treasurer.submitFiling({ params, version: at, body: sent }))).toBe('submitted');
    const answered = { submission: 1, accepted: true, on: '2024-11-16' };
    expect(await step(at => treasurer.answerFiling({ params, version: at, body: answered }))).toBe('accepted');
    const amended = { ...sent, amends: true, on: '2025-01-10', papers: [] };
    expect(await step(at => treasurer.submitFiling({ params, version: at, body: amended }))).toBe('submitted');
    expect(filing).toMatchObject({ status: 'done', filedOn: '2024-11-15', daysLate: 0, penalties: [] });
    expect(filing.submissions).toMatchObject([
      {
        number: 1,
        form: '990-EZ',
        by: 'A preparer',
        papers: [{ sha256 }],
        answer: { accepted: true, on: '2024-11-16', note: null },
      },
      { number: 2, amends: true, papers: [], answer: null },
    ]);
    expect((await as.auditor.getFiling({ params })).body).toEqual(filing);
    const events = (await as.auditor.listEvents({ params: { kind: 'filing', recordId: filingId } })).body.items;
    expect(events.map(({ operation }) => operation).toReversed()).toEqual([
      'expectFilings',
      'assignFiling',
      'prepareFiling',
      'reviewFiling',
      'extendFiling',
      'submitFiling',
      'answerFiling',
      'submitFiling',
    ]);
  });

  it('refuse what makes no sense, naming the field, and what is not their state, and change nothing', async () => {
    const { as, people } = book();
    const { filingId, version, documentId } = await submittedOf(book());
    const sent = { params: { filingId }, version };
    const { treasurer } = as;
    const tomorrow = inDays(book(), 1);
    const paper = { documentId, version: 1 };
    const wrong = await Promise.all([
      treasurer.submitFiling({ ...sent, body: { amends: true, on: tomorrow, by: 'A', way: 'mail' } }),
      treasurer.submitFiling({ ...sent, body: { amends: true, on: '2024-05-09', by: 'A', way: 'mail' } }),
      treasurer.submitFiling({
        ...sent,
        body: { amends: true, on: '2024-05-11', by: 'A', way: 'mail', papers: [{ documentId, version: 2 }] },
      }),
      treasurer.submitFiling({
        ...sent,
        body: { amends: true, on: '2024-05-11', by: 'A', way: 'mail', papers: [paper, paper] },
      }),
      treasurer.answerFiling({ ...sent, body: { submission: 2, accepted: true, on: '2024-05-11' } }),
      treasurer.answerFiling({ ...sent, body: { submission: 1, accepted: true, on: '2024-05-09' } }),
      treasurer.reviewFiling({ ...sent, body: { paper, given: [{ personId: people.treasurer, on: '2024-05-01' }] } }),
      treasurer.extendFiling({ ...sent, body: { askedOn: '2024-05-11', confirmation: '1' } }),
      treasurer.extendFiling({ ...sent, body: { askedOn: '2024-05-10' } }),
      treasurer.moveFiling({ ...sent, body: { due: '2034-01-01', reason: 'A notice.' } }),
      treasurer.assignFiling({ ...sent, body: { responsible: ['01890a5d-ac96-774b-bcce-b302099a8058'] } }),
      treasurer.moveFiling({ ...sent, body: { due: '2024-02-30', reason: 'A notice.' } }),
    ]);
    expect(wrong.map(({ problem }) => problem.errors?.[0]?.field)).toEqual([
      '/on',
      '/on',
      '/papers/0',
      '/papers',
      '/submission',
      '/on',
      '/given/0/personId',
      '/askedOn',
      '/evidence',
      '/due',
      '/responsible/0',
      '/due',
    ]);
    const conflicts = await Promise.all([
      treasurer.prepareFiling({ ...sent, body: {} }),
      treasurer.submitFiling({ ...sent, body: { on: '2024-05-11', by: 'A', way: 'mail' } }),
      treasurer.excuseFiling({ ...sent, body: { reason: 'None is owed.' } }),
    ]);
    expect(conflicts.map(({ problem }) => problem.code)).toEqual(Array(3).fill('state-conflict'));
    const stale = await treasurer.assignFiling({ ...sent, version: version - 1, body: { responsible: [] } });
    expect(stale.status).toBe(412);
    expect((await treasurer.assignFiling({ params: { filingId }, body: { responsible: [] } })).status).toBe(428);
    expect((await as.auditor.getFiling({ params: { filingId } })).body.version).toBe(version);
  });

  it('are not there under another name, and are changed by nobody but the archivists', async () => {
    const { as } = book();
    const none = await as.director.getFiling({ params: { filingId: 'us-irs-return~1999-12-31' } });
    expect(none.status).toBe(404);
    expect((await as.director.getFiling({ params: { filingId: 'punctual' } })).status).toBe(400);
    const { filingId, version } = await expectedOf(book());
    const sent = { params: { filingId }, version, body: { reason: 'No.' } };
    expect((await as.director.excuseFiling(sent)).status).toBe(403);
    expect((await as.public.getFiling({ params: { filingId } })).status).toBe(401);
  });

  it('are changed once by a request that is sent twice, and by one of two that come at once', async () => {
    const { as } = book();
    const { filingId, version } = await expectedOf(book());
    const sent = { params: { filingId }, version, body: { on: '2024-05-10', by: 'A', way: 'mail' as const } };
    const [first, again] = [
      await as.treasurer.submitFiling({ ...sent, key: 'filing-twice' }),
      await as.treasurer.submitFiling({ ...sent, key: 'filing-twice' }),
    ];
    expect(again.text).toBe(first.text);
    expect(first.body.submissions).toHaveLength(1);
    const other = await expectedOf(book());
    const both = { params: { filingId: other.filingId }, version: other.version, body: sent.body };
    const answers = await Promise.all([as.treasurer.submitFiling(both), as.secretary.submitFiling(both)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });

  it('show papers only to those who may see the documents, and their digests to all who see the filing', async () => {
    const { as } = book();
    const { filingId, documentId } = await submittedOf(book());
    const paperFor = async (role: 'director' | 'treasurer') =>
      (await as[role].getFiling({ params: { filingId } })).body.submissions[0]?.papers[0];
    expect((await paperFor('treasurer'))?.document).toMatchObject({ documentId, version: 1 });
    expect(await paperFor('director')).toEqual({ sha256: (await paperFor('treasurer'))?.sha256, document: null });
  });

  it('can be excused, and are prepared again when they are owed after all', async () => {
    const { as } = book();
    const { filingId, version } = await expectedOf(book());
    const params = { filingId };
    const reason = 'The authority confirmed that none is owed.';
    const excused = (await as.secretary.excuseFiling({ params, version, body: { reason } })).body;
    expect(excused).toMatchObject({ state: 'excused', status: 'excused', excuse: { reason, lapsed: false } });
    const [event] = (await as.auditor.listEvents({ params: { kind: 'filing', recordId: filingId } })).body.items;
    expect(event).toMatchObject({ operation: 'excuseFiling', reason });
    const back = (await as.secretary.prepareFiling({ params, version: excused.version, body: {} })).body;
    expect(back).toMatchObject({ state: 'preparing', status: 'overdue', excuse: null });
  });

  it('stand in the calendar: due, overdue, late and done, with days, penalties and time to ask for', async () => {
    const { as } = book();
    const days = (count: number) => inDays(book(), count);
    const due = async (ruleId: string, date: string, more = {}) =>
      expectedOf(book(), {
        ruleId,
        named: date,
        due: date,
        period: { from: date, to: date },
        extendable: null,
        form: null,
        ...more,
      });
    const soon = await due('calendar-soon', days(10), { extendable: days(190) });
    const over = await due('us-va-annual-report', days(-5), { form: 'va-annual-report' });
    const done = await due('calendar-done', days(-3));
    const body = { on: days(-1), by: 'A', way: 'in-person' as const };
    await as.treasurer.submitFiling({ params: { filingId: done.filingId }, version: done.version, body });
    const entriesOf = async (query: Record<string, string>) => {
      const entries = [];
      let cursor: string | undefined;
      do {
        const sent = { query: { ...query, limit: '2', ...(cursor === undefined ? {} : { cursor }) } };
        const page = (await as.director.listFilings(sent)).body;
        entries.push(...page.items);
        cursor = page.next === null ? undefined : String(new URL(page.next, 'http://a').searchParams.get('cursor'));
      } while (cursor !== undefined);
      return entries;
    };
    const years = [...new Set([-5, -3, 10].map(count => days(count).slice(0, 4)))];
    const all = (await Promise.all(years.map(year => entriesOf({ year })))).flat();
    const of = (id: string) => all.find(entry => entry.id === id);
    expect(of(soon.filingId)).toMatchObject({ status: 'due', daysLeft: 10, daysLate: 0, askUntil: days(10) });
    expect(of(over.filingId)).toMatchObject({
      status: 'overdue',
      daysLeft: null,
      daysLate: 5,
      askUntil: null,
      penalties: [{ amount: { amount: 1000, currency: 'USD' } }],
    });
    expect(of(done.filingId)).toMatchObject({ status: 'done', daysLate: 2, filedOn: days(-1) });
    const open = await entriesOf({ open: 'true' });
    const ids = open.map(({ id }) => id);
    expect(ids).toContain(soon.filingId);
    expect(ids).toContain(over.filingId);
    expect(ids).not.toContain(done.filingId);
    expect(open.map(entry => entry.due)).toEqual(open.map(entry => entry.due).toSorted());
    const rest = (await Promise.all(years.map(year => entriesOf({ year, open: 'false' })))).flat();
    expect(rest.map(({ id }) => id)).toContain(done.filingId);
    expect(rest.every(({ status }) => status === 'done' || status === 'excused')).toBe(true);
  });

  it('warn that the exemption is lost, from the first missed year on', async () => {
    const { as } = book();
    const year = new Date().getUTCFullYear();
    const returnFor = (one: number) =>
      expectedOf(book(), {
        ruleId: 'us-irs-return',
        period: { from: `${one}-01-01`, to: `${one}-12-31` },
        named: `${one + 1}-05-15`,
        due: `${one + 1}-05-15`,
      });
    await returnFor(year - 2);
    const { revocation } = (await as.director.listFilings()).body;
    expect(revocation).toMatchObject({ left: 2, revoked: false });
    expect(revocation?.missed.map(({ filingId }) => filingId)).toEqual([`us-irs-return~${year - 2}-12-31`]);
  });

  it('are told to everybody as numbers of each year, and nothing else', async () => {
    const { as, records } = book();
    const none = (await as.public.getPunctuality()).body.years;
    expect(none).toEqual([]);
    await keepSince(records, { since: '2016-01-01' });
    const due = (ruleId: string, date: string) =>
      expectedOf(book(), { ruleId, named: date, due: date, period: { from: date, to: date }, form: null });
    const [onTime, late] = [await due('a', '2017-03-01'), await due('b', '2017-03-01')];
    await due('c', '2017-12-31');
    const excused = await due('d', '2017-12-31');
    for (const [one, on] of [
      [onTime, '2017-03-01'],
      [late, '2017-03-02'],
    ] as const) {
      const body = { on, by: 'A', way: 'mail' as const };
      await as.treasurer.submitFiling({ params: { filingId: one.filingId }, version: one.version, body });
    }
    const sent = { params: { filingId: excused.filingId }, version: excused.version, body: { reason: 'No.' } };
    await as.treasurer.excuseFiling(sent);
    const answer = await as.public.getPunctuality();
    const { years } = answer.body;
    expect(years.find(({ year }) => year === '2017')).toEqual({
      year: '2017',
      due: 3,
      onTime: 1,
      late: 1,
      missing: 1,
      percentage: 33,
    });
    expect(years.find(({ year }) => year === '2016')).toEqual({
      year: '2016',
      due: 0,
      onTime: 0,
      late: 0,
      missing: 0,
      percentage: null,
    });
    expect(years.map(({ year }) => year)).toEqual(
      years
        .map(({ year }) => year)
        .toSorted()
        .toReversed(),
    );
  });

  it('appear by themselves once it is recorded since when the book keeps them, and change with what they follow from', async () => {
    const { as } = book();
    const year = new Date().getUTCFullYear();
    const { version } = (await as.secretary.getCompliance()).body;
    const body = { since: `${year - 1}-01-01`, solicitsIn: [], responsible: [] };
    await as.secretary.updateCompliance({ version, body });
    const params = { filingId: `us-irs-return~${year - 1}-12-31` };
    const read = async () => as.director.getFiling({ params });
    await expect.poll(async () => (await read()).status, { timeout: 10_000 }).toBe(200);
    const before = (await read()).body;
    expect(before).toMatchObject({ version: 1, state: 'expected', form: null });
    const settings = { ...body, since: `${year}-01-01` };
    await as.secretary.updateCompliance({ version: version + 1, body: settings });
    await expect.poll(async () => (await read()).body.state, { timeout: 10_000 }).toBe('excused');
    expect((await read()).body.excuse).toMatchObject({ lapsed: true });
  });
});
