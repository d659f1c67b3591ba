/** Form 990, Part VI, over HTTP: answered yes where the book proves it, and otherwise once one record is gone. */
import { beforeAll, describe, expect, it } from 'vitest';
import { documentLists } from '../../shared/core/archive/documentLists.ts';
import { declarationLists } from '../../shared/core/decisions/interests.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { inVote, recusalsOfYear } from '../../shared/core/decisions/votes.ts';
import { availabilityKey } from '../../shared/core/filings/availability.ts';
import { type Line, lines } from '../../shared/core/governance/questions.ts';
import { meetingList } from '../../shared/core/meetings/meetings.ts';
import { recordKey, rowKey } from '../../shared/core/records.ts';
import type { JsonObject, Key } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { end, filingId, type GovernedBook, governedBook, year } from '../support/governanceBook.ts';
import { draftedOf, motionOf } from '../support/resolutions.ts';

describeOnEachStore('governance', book => {
  let made: GovernedBook;
  beforeAll(async () => {
    made = await governedBook(book());
  }, 120_000);

  const asked = async (client: Client = book().as.auditor) => (await client.getGovernance({ params: { end } })).body;
  const answerTo = async (line: Line, client?: Client) => {
    const found = (await asked(client)).answers.find(one => one.line === line);
    if (found === undefined) throw new Error(line);
    return found;
  };

  it('answers yes throughout in a year in which everything was in order, with the records that prove it', async () => {
    const { people } = book();
    const { period, answers } = await asked();
    expect(period).toEqual({ from: `${year}-01-01`, to: end });
    expect(answers.map(({ line }) => line)).toEqual([...lines]);
    for (const one of answers) expect(one, one.line).toMatchObject({ answer: 'yes', missing: [] });
    const proof = (line: Line) =>
      answers.find(one => one.line === line)?.evidence.map(({ kind, id }) => `${kind} ${id}`);
    const { meetings, adopting, pay, ofCommittee, recused, committeeMeeting } = made;
    expect(proof('8a')?.slice(0, 2)).toEqual(meetings.map(id => `minutes ${id}`));
    expect(new Set(proof('8a')?.slice(2))).toEqual(new Set([`resolution ${adopting}`, `resolution ${pay}`]));
    expect(proof('8b')).toEqual([`minutes ${committeeMeeting}`, `resolution ${ofCommittee}`]);
    for (const line of ['10a', '16a'] as const) expect(proof(line)).toEqual([`fiscal-year ${end}`]);
    expect(proof('11a')?.[0]).toBe(`filing ${filingId}`);
    for (const [line, topic] of [
      ['10b', 'chapters'],
      ['12a', 'conflict-of-interest'],
      ['13', 'whistleblower'],
      ['14', 'document-retention'],
      ['16b', 'joint-venture'],
    ] as const)
      expect(proof(line), line).toEqual([`policy ${topic}`, `resolution ${adopting}`]);
    const declared = [people.director, people.member, people.secretary, people.treasurer].sort();
    expect(proof('12b')).toEqual(declared.map(id => `declaration ${id}~${year}`));
    expect(proof('12c')).toEqual([`recusal ${inVote(recused, people.member)}`]);
    for (const line of ['15a', '15b'] as const)
      expect(proof(line)).toEqual(['policy compensation', `resolution ${adopting}`, `resolution ${pay}`]);
    expect(proof('18')).toContain(`document ${made.letter}`);
    expect(proof('19')).toContain(`document ${made.articles}`);
    expect(proof('19')).toContain(`document ${made.policies['conflict-of-interest']}`);
  });

  it('describes for Schedule O how the return was given, and how the public can have it', async () => {
    const next = Number(year) + 1;
    expect((await answerTo('11a')).description).toContain(
      `to all 2 voting members of the board, the last on ${next}-02-02`,
    );
    expect((await answerTo('18')).description).toContain('on its own website, and upon request');
  });

  describe('once one thing is gone, changes the lines that depend on it, and no other', () => {
    const policy = (topic: string) => () => recordKey('policy', topic);
    type Loss = readonly [
      what: string,
      keyOf: (made: GovernedBook, book: TestBook) => Key,
      expected: Partial<Record<Line, string>>,
      says: RegExp,
      change?: (data: JsonObject) => JsonObject,
    ];
    const cases: readonly Loss[] = [
      ['minutes of the board', ({ meetings }) => recordKey('minutes', meetings[0]), { '8a': 'no' }, /Meeting of 03-02/],
      [
        'minutes of the last meeting of the board',
        ({ meetings }) => recordKey('minutes', meetings[1]),
        { '8a': 'unknown' },
        /Meeting of 06-02/,
      ],
      [
        'that a meeting was adjourned',
        ({ meetings }, { bodies }) => rowKey(meetingList(bodies.board), `${year}-06-02T16:30:00.000Z#${meetings[1]}`),
        { '8a': 'unknown' },
        /Meeting of 06-02.*Adjourn it/,
        data => ({ ...data, held: { ...(data.held as JsonObject), closedAt: null } }),
      ],
      [
        'minutes of the committee',
        ({ committeeMeeting }) => recordKey('minutes', committeeMeeting),
        { '8b': 'unknown' },
        /Committee on pay, "Meeting of 06-03"/,
      ],
      [
        'all that was said of the year',
        () => recordKey('fiscal-year', end),
        {
          '8b': 'unknown',
          '10a': 'unknown',
          '10b': 'unknown',
          '15a': 'unknown',
          '15b': 'unknown',
          '16a': 'unknown',
          '16b': 'unknown',
        },
        /Record with the fiscal year/,
      ],
      ['the policy on chapters', policy('chapters'), { '10b': 'no' }, /designate it as "chapters"/],
      ['the filing', () => recordKey('filing', filingId), { '11a': 'unknown' }, /no annual return/],
      [
        'that one director got the return',
        () => recordKey('filing', filingId),
        { '11a': 'no' },
        /^Person director did not get/m,
        data => {
          const { review, ...rest } = data as { review: { paper: JsonObject; given: JsonObject[] } };
          return { ...rest, review: { ...review, given: review.given.slice(1) } } as JsonObject;
        },
      ],
      [
        'what stands of the filing: a postcard in its place was rejected',
        () => recordKey('filing', filingId),
        { '11a': 'unknown' },
        /not filed yet/,
        data => {
          const { submissions, ...rest } = data as { submissions: JsonObject[] };
          const answer = { accepted: false, on: end, note: null };
          return { ...rest, submissions: submissions.map(one => ({ ...one, form: '990-N', answer })) };
        },
      ],
      [
        'the conflict of interest policy',
        policy('conflict-of-interest'),
        { '12a': 'no', '12b': 'not-applicable', '12c': 'not-applicable', '19': 'no' },
        /no conflict of interest policy/,
      ],
      [
        'the resolution that adopted policies',
        ({ adopting }) => recordKey('resolution', adopting),
        {
          '10b': 'unknown',
          '12a': 'unknown',
          '13': 'unknown',
          '14': 'unknown',
          '15a': 'unknown',
          '15b': 'unknown',
          '16b': 'unknown',
        },
        /Nothing shows that the board adopted/,
      ],
      [
        'a declaration of interests',
        (_, { people }) => rowKey(declarationLists.ofYear(year), people.treasurer),
        { '12b': 'no' },
        /missing: Person treasurer\./,
      ],
      [
        'the recusal',
        ({ recused }, { people }) =>
          rowKey(recusalsOfYear(year), `${year}-06-03T17:00:00.000Z#${inVote(recused, people.member)}`),
        { '12c': 'unknown' },
        /nobody stepped aside/,
      ],
      ['the whistleblower policy', policy('whistleblower'), { '13': 'no' }, /no whistleblower policy/],
      ['the retention policy', policy('document-retention'), { '14': 'no' }, /no document retention/],
      [
        'the decision on pay',
        (_, { bodies }) => rowKey(resolutionLists.register(bodies.board, year), '000002'),
        { '15a': 'unknown', '15b': 'unknown' },
        /No decision of the year on pay/,
      ],
      ['the policy on ventures', policy('joint-venture'), { '16b': 'no' }, /no joint venture policy/],
      ['the letter', ({ letter }) => recordKey('document', letter), { '18': 'no' }, /letter/i],
      ['that public files were found', () => availabilityKey, {}, /own website/],
      [
        'the articles',
        ({ articles }) => rowKey(documentLists.ofKind('articles'), articles),
        { '19': 'no' },
        /cannot have the articles/,
      ],
    ];

    it.each(cases.map(one => ({ what: one[0], one })))('$what', async ({ one }) => {
      const [, keyOf, expected, says, change] = one;
      const { records } = book();
      const key = keyOf(made, book());
      const item = await records.get(key);
      if (item === undefined) throw new Error(`There is no ${key.partition} ${key.sort}`);
      const version = item.version + 1;
      await records.commit([
        change === undefined
          ? { remove: key, expect: 'any' }
          : { put: { key, version, data: change(item.data) }, expect: 'any' },
      ]);
      try {
        const { answers } = await asked();
        expect(Object.fromEntries(answers.map(({ line, answer }) => [line, answer]))).toEqual({
          ...Object.fromEntries(lines.map(line => [line, 'yes'])),
          ...expected,
        });
        expect(answers.flatMap(({ missing }) => missing).join('\n')).toMatch(says);
      } finally {
        await records.commit([{ put: item, expect: 'any' }]);
      }
    });
  });

  it('names no confidential decision to whoever may not see it, and none who stepped aside', async () => {
    const { as } = book();
    const hidden = { kind: 'resolution', id: null, title: null };
    expect((await answerTo('8b', as.secretary)).evidence[1]).toMatchObject({
      id: made.ofCommittee,
      title: 'A bonus for somebody',
    });
    const seen = await as.treasurer.getGovernance({ params: { end } });
    expect(seen.body.answers.find(({ line }) => line === '8b')).toMatchObject({
      answer: 'yes',
      evidence: [{}, hidden],
    });
    expect(seen.text).not.toContain('bonus');
    expect(seen.text).not.toContain(made.ofCommittee);

    book().setClock(`${year}-09-01T12:00:00.000Z`);
    const { id } = await draftedOf(as.director, made.committee, motionOf({ title: 'A house for somebody' }));
    (await as.director.recuse({ params: { resolutionId: id }, body: { facts: 'A friend.' } })).body;
    book().setClock(undefined);
    const recusal = { kind: 'recusal', id: inVote(id, book().people.director), title: 'A house for somebody' };
    expect((await answerTo('12c', as.secretary)).evidence[0]).toMatchObject(recusal);
    const { evidence } = await answerTo('12c', as.treasurer);
    expect(evidence).toMatchObject([hidden, { kind: 'recusal', title: 'A contract' }]);
  });

  it('answers for fiscal years that the organisation has had, and for no other day', async () => {
    const { as } = book();
    const status = async (day: string) => (await as.director.getGovernance({ params: { end: day } })).status;
    expect(await status('2020-12-31')).toBe(200);
    expect(await status(`${Number(year) + 1}-12-31`)).toBe(200);
    for (const other of ['2019-12-31', `${year}-12-30`, `${Number(year) + 2}-12-31`])
      expect(await status(other)).toBe(400);
    const { problem } = await as.director.getGovernance({ params: { end: '2021-06-30' } });
    expect(problem.errors).toMatchObject([
      { in: 'path', field: '/end', message: expect.stringContaining('2020-12-31') },
    ]);
    for (const wrong of ['2023-02-29', 'last-year']) expect(await status(wrong)).toBe(400);
  });

  it('asks the store for little', async () => {
    const { records, as, serveWith } = book();
    let calls = 0;
    const counted =
      <Args extends readonly unknown[], Result>(method: (...args: Args) => Result) =>
      (...args: Args) => {
        calls++;
        return method(...args);
      };
    const origin = await serveWith({
      records: {
        get: counted(key => records.get(key)),
        getMany: counted(keys => records.getMany(keys)),
        query: counted(query => records.query(query)),
        commit: counted(writes => records.commit(writes)),
      },
    });
    const client = clientFor(origin, as.director.token);
    await client.getMe();
    calls = 0;
    (await client.getGovernance({ params: { end } })).body;
    expect(calls).toBeLessThanOrEqual(45);
  });
});
