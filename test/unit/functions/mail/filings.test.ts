/** Reminders of filings: who is told what, once each, and only while it is so. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { writeFiling } from '../../../../functions/filings/write.ts';
import type { Office } from '../../../../shared/core/authorisation.ts';
import { type Body, bodyRow, type Seat, seatRows } from '../../../../shared/core/bodies.ts';
import { addDays, instantAt } from '../../../../shared/core/calendar.ts';
import { newFiling } from '../../../../shared/core/filings/expected.ts';
import type { Compliance } from '../../../../shared/core/filings/figures.ts';
import type { Filing } from '../../../../shared/core/filings/filings.ts';
import { assign, excuse, extend, move, prepare } from '../../../../shared/core/filings/life.ts';
import { filingIdOf } from '../../../../shared/core/filings/obligations.ts';
import { answer, submit } from '../../../../shared/core/filings/submitting.ts';
import { mailingList } from '../../../../shared/core/mailings.ts';
import { listPartition, moveRows, recordKey, type Stored, stored } from '../../../../shared/core/records.ts';
import type { JsonObject } from '../../../../shared/ports/recordStore.ts';
import { obligationOf, timeZone } from '../../../support/filings.ts';
import { today as now, sorted, useMailBook } from '../../../support/mailRun.ts';

const { book, post } = useMailBook();

/** Due in ten weeks, on a Monday. */
const due = '2026-05-11';
const obligation = obligationOf({
  ruleId: 'us-irs-return',
  period: { from: '2025-01-01', to: '2025-12-31' },
  named: due,
  due,
  extendable: '2026-11-16',
});
const id = filingIdOf(obligation);
const why = { reason: 'So it is.', evidence: null };
const sent = {
  amends: false,
  form: null,
  on: '2026-03-02',
  by: 'a',
  way: 'mail',
  confirmation: null,
  papers: [],
} as const;

async function write(before: Stored<Filing> | undefined, after: Filing): Promise<Stored<Filing>> {
  const act = { operation: 'test', by: null, at: book().clock.at(), eventId: v7() };
  const change = writeFiling(id, before, after, { act, timeZone });
  await book().records.commit(change.writes);
  return change.stored;
}
const change = async (step: (filing: Filing) => Filing) => {
  const item = await book().records.get(recordKey('filing', id));
  if (item === undefined) throw new Error('There is none');
  const before = stored<Filing>(id, item);
  return write(before, step(before.data));
};
const expectIt = () => write(undefined, newFiling(obligation));

/** It is so many days before that date, at a time where the organisation is. */
const moveTo = (days: number, time = '09:00', from = due) => {
  const { clock } = book();
  clock.pass((Date.parse(instantAt(timeZone, addDays(from, -days), time)) - clock.now().getTime()) / 60_000);
};

/** A board with officers; everybody has an address, unless told. */
async function boardOf(offices: readonly Office[], to: string | null = null): Promise<string[]> {
  const { records } = book();
  const bodyId = v7();
  const term = { from: '2020-01-01', to: null };
  const board: Body = {
    kind: 'board-of-directors',
    term,
    publishesSeats: true,
    history: [{ name: 'Board of Directors', purpose: '', parentBodyId: null, from: '2020-01-01' }],
  };
  await records.commit([
    { put: { key: recordKey('body', bodyId), version: 1, data: board as unknown as JsonObject }, expect: 'absent' },
    ...moveRows([], [bodyRow({ id: bodyId, version: 1, data: board })]),
  ]);
  const people: string[] = [];
  for (const office of offices) {
    const personId = await personOf(true);
    const seat: Seat = {
      ...{ bodyId, personId, office, title: null, voting: false, weight: 1, group: null },
      term: { from: '2020-01-01', to },
    };
    await records.commit(moveRows([], seatRows({ id: v7(), version: 1, data: seat })));
    people.push(personId);
  }
  return people;
}

async function personOf(hasAddress: boolean): Promise<string> {
  const id = v7();
  const email = hasAddress ? `${id}@test.example` : null;
  const data = { name: `Person ${id}`, email, identity: null, invitation: null };
  await book().records.commit([{ put: { key: recordKey('person', id), version: 1, data }, expect: 'absent' }]);
  return id;
}

const waiting = async () =>
  (
    await book().records.query({
      table: 'records',
      partition: listPartition(mailingList),
      order: 'ascending',
      limit: 100,
    })
  ).items.length;

it('come to the treasurer and the secretary, 60, 30, 14, 7 and 1 day before at nine, once each', async () => {
  const [treasurer, secretary] = await boardOf(['treasurer', 'secretary', 'director', 'auditor']);
  await expectIt();
  const { run, taken, to } = post();
  const days: number[] = [];
  for (let day = 62; day >= -2; day--) {
    moveTo(day, '08:59');
    await run();
    const before = taken.length;
    moveTo(day);
    await run();
    await run();
    if (taken.length > before) days.push(day);
    expect([0, 2]).toContain(taken.length - before);
  }
  expect(days).toEqual([60, 30, 14, 7, 1]);
  expect(sorted(to())).toEqual(sorted(Array(5).fill([treasurer, secretary]).flat()));
  expect(new Set(taken.map(message => message.id)).size).toBe(10);
  expect(await waiting()).toBe(0);
});

it('say what is due when, to whom, how long there is, and what follows when it is missed', async () => {
  const [treasurer] = await boardOf(['treasurer']);
  await expectIt();
  moveTo(14);
  const { run, taken } = post();
  await run();
  const [message] = taken;
  expect(message?.to.address).toBe(`${treasurer}@test.example`);
  expect(message?.subject).toBe('[Test Society] Filing: Annual return, due in 14 days');
  for (const part of [
    'To: Internal Revenue Service. Form: 990-EZ.',
    'It is due on Monday, May 11, 2026, in 14 days.',
    'Whoever asks for more time by that day has until Monday, November 16, 2026.',
    'If it is late: For each day',
    'three years in a row loses its tax exemption',
    `https://book.example.org/v1/filings/${id}`,
    'you were named to see to it, or are the treasurer or the secretary of the Board of Directors',
  ])
    expect(message?.text).toContain(part);
});

it('warn of years that are missed already', async () => {
  await boardOf(['treasurer']);
  const missed = obligationOf({
    period: { from: '2024-01-01', to: '2024-12-31' },
    named: '2025-05-15',
    due: '2025-05-15',
  });
  const act = { operation: 'test', by: null, at: now, eventId: v7() };
  const { writes } = writeFiling(filingIdOf(missed), undefined, newFiling(missed), { act, timeZone });
  await book().records.commit(writes);
  await expectIt();
  moveTo(7);
  const { run, taken } = post();
  await run();
  expect(taken[0]?.text).toMatch(/One year is missed already: without a return it is lost on \w+, May \d+, 2027\./);
});

it('go to those who are named for it, and to the officers when none of them has an address', async () => {
  const [treasurer] = await boardOf(['treasurer']);
  const [clerk, silent] = [await personOf(true), await personOf(false)];
  await expectIt();
  await change(filing => assign(filing, [clerk, silent]));
  const { run, to } = post();
  moveTo(60);
  await run();
  expect(to()).toEqual([clerk]);
  await change(filing => assign(filing, [silent]));
  moveTo(30);
  await run();
  expect(to()).toEqual([clerk, treasurer]);
});

it('go to those whom the settings name for the rule', async () => {
  await boardOf(['treasurer']);
  const clerk = await personOf(true);
  const data: Compliance = {
    since: '2025-01-01',
    solicitsIn: [],
    responsible: [{ ruleId: 'us-irs-return', personIds: [clerk] }],
  };
  const put = { key: recordKey('compliance', 'compliance'), version: 1, data: data as unknown as JsonObject };
  await book().records.commit([{ put, expect: 'absent' }]);
  await expectIt();
  moveTo(60);
  const { run, to } = post();
  await run();
  expect(to()).toEqual([clerk]);
});

it('tell nobody who is named for it and has left, but the officers', async () => {
  const [former] = await boardOf(['treasurer'], '2026-03-01');
  const [treasurer] = await boardOf(['treasurer']);
  const clerk = await personOf(true);
  if (former === undefined) throw new Error('nobody');
  await expectIt();
  await change(filing => assign(filing, [former]));
  moveTo(60);
  const { run, to } = post();
  await run();
  expect(to()).toEqual([treasurer]);
  await change(filing => assign(filing, [former, clerk]));
  moveTo(30);
  await run();
  expect(to()).toEqual([treasurer, clerk]);
});

it('tell no officer whose seat has ended', async () => {
  await boardOf(['treasurer'], '2026-03-01');
  await expectIt();
  moveTo(60);
  const { run, taken } = post();
  await run();
  expect(taken).toEqual([]);
  expect(await waiting()).toBe(4);
});

it.each([
  ['filed', (filing: Filing) => submit(filing, sent, '2026-03-02', now)],
  ['excused', (filing: Filing) => excuse(filing, why)],
])('tell nobody of what is %s', async (_, step) => {
  await boardOf(['treasurer']);
  await expectIt();
  await change(step);
  const { run, taken } = post();
  for (const day of [60, 30, 14, 7, 1]) {
    moveTo(day);
    await run();
  }
  expect(taken).toEqual([]);
  expect(await waiting()).toBe(0);
});

it('go on when what was filed was rejected', async () => {
  await boardOf(['treasurer']);
  await expectIt();
  const { run, taken } = post();
  await change(filing => submit(filing, sent, '2026-03-02', now));
  moveTo(60);
  await run();
  await change(filing => answer(filing, 1, { accepted: false, on: '2026-03-12', note: null }, '2026-03-12'));
  moveTo(30);
  await run();
  expect(taken.map(({ subject }) => subject)).toEqual(['[Test Society] Filing: Annual return, due in 30 days']);
});

it('follow the due date when it changes: those of the former one are for nobody', async () => {
  await boardOf(['treasurer']);
  await expectIt();
  const asked = { askedOn: '2026-03-02', confirmation: '1', evidence: null };
  await change(filing => extend(filing, asked, '2026-03-02'));
  const { run, taken } = post();
  for (const day of [60, 30, 14, 7, 1]) {
    moveTo(day);
    await run();
  }
  expect(taken).toEqual([]);
  moveTo(60, '09:00', '2026-11-16');
  await run();
  expect(taken).toHaveLength(1);
  expect(taken[0]?.text).toContain('Monday, November 16, 2026, in 60 days');
  // Back to a day whose reminders were written before: each is told once.
  await change(filing => move(filing, { ...why, due: '2026-12-01' }));
  await change(filing => move(filing, { ...why, due: '2026-11-16' }));
  await change(filing => prepare(filing, '2026-03-02', '2026-09-17'));
  for (const day of [60, 30, 14, 7, 1]) {
    moveTo(day, '09:00', '2026-11-16');
    await run();
    await run();
  }
  expect(taken.map(({ text }) => /in (\d+) days?\./.exec(text)?.[1])).toEqual(['60', '30', '14', '7', '1']);
});

it('are one when several wait because mail was down, and say what is overdue', async () => {
  await boardOf(['treasurer']);
  await expectIt();
  const { run, taken } = post();
  moveTo(5);
  await run();
  expect(taken.map(({ subject }) => subject)).toEqual(['[Test Society] Filing: Annual return, due in 5 days']);
  moveTo(-2);
  await run();
  expect(taken[1]?.subject).toBe('[Test Society] Filing: Annual return, overdue');
  expect(taken[1]?.text).toContain('It was due on Monday, May 11, 2026, 2 days ago.');
  expect(await waiting()).toBe(0);
});

it('are sent once by two who run at once, and by one who begins anew', async () => {
  await boardOf(['treasurer', 'secretary']);
  await expectIt();
  moveTo(60);
  const { run, taken } = post();
  await Promise.all([run(), run(), run()]);
  // The row is there again, as whoever writes the same due date would write it.
  const filing = newFiling(obligation);
  const { writes } = writeFiling(id, undefined, filing, {
    act: { operation: 'test', by: null, at: now, eventId: v7() },
    timeZone,
  });
  const rows = writes.filter(one => 'put' in one && one.put.key.partition === listPartition(mailingList));
  await book().records.commit(rows);
  await run();
  expect(taken).toHaveLength(2);
});
