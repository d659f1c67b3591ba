/** Mail that is due: what is told to whom, and to whom it is not told any more. */
import { v7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Seat, seatLists, seatRows } from '../../../../shared/core/bodies.ts';
import { inVote } from '../../../../shared/core/decisions/votes.ts';
import { mailingRows } from '../../../../shared/core/mailings.ts';
import { listPartition, moveRows, recordKey, type Stored } from '../../../../shared/core/records.ts';
import { soon, sorted, threeDays, useMailBook } from '../../../support/mailRun.ts';

const { book, post } = useMailBook();
let { records, world, clock } = {} as ReturnType<typeof book>;
beforeEach(() => {
  ({ records, world, clock } = book());
});

describe('a vote that was opened', () => {
  it('is told to everybody entitled, once, and called to mind a day before its end', async () => {
    const voters = await world.seat(5);
    const id = await world.open(voters, clock.at(), threeDays);
    const { run, to, taken } = post();
    await run();
    await run();
    expect(sorted(to())).toEqual(sorted(voters));
    expect(taken[0]?.subject).toBe('[Test Society] Please vote: Adoption of the plan');
    clock.pass(47 * 60 + 59);
    await run();
    expect(taken).toHaveLength(5);
    clock.pass(1);
    await run();
    expect(sorted(to(taken.slice(5)))).toEqual(sorted(voters));
    expect(taken[5]?.subject).toContain('Your vote is still missing');
    expect(await world.waiting(id)).toEqual([]);
  });

  it('is not called to mind when it lasts a day or less', async () => {
    const voters = await world.seat(2);
    const id = await world.open(voters, clock.at(), '2026-03-03T15:00:00.000Z');
    expect(await world.waiting(id)).toHaveLength(1);
  });

  it('is not told to those whose seat ended since, who have no address, or who were not entitled', async () => {
    const stay = await world.seat(2);
    const [ended = ''] = await world.seat(1, { to: '2026-03-01' });
    const [silent = ''] = await world.seat(1);
    const [promoted = ''] = await world.seat(1, { voting: false });
    await world.seat(1);
    const person = (await records.get(recordKey('person', silent)))?.data ?? {};
    await records.commit([
      { put: { key: recordKey('person', silent), version: 2, data: { ...person, email: null } }, expect: 'any' },
    ]);
    await world.open([...stay, ended, silent, promoted], clock.at(), soon);
    const { run, to } = post();
    await run();
    expect(sorted(to())).toEqual(sorted(stay));
  });

  it('is not told to somebody whose seat ends while the mail waits', async () => {
    const [first = '', second = '', third = ''] = await world.seat(3);
    const id = await world.open([first, second, third], clock.at(), threeDays);
    const refusing = post(() => 'refuses');
    await refusing.run();
    const before = await seatOf(second);
    const ended = { ...before, data: { ...before.data, term: { ...before.data.term, to: '2026-03-01' } } };
    await records.commit(moveRows(seatRows(before), seatRows(ended)));
    clock.pass(2);
    const { run, to } = post();
    await run();
    expect(sorted(to())).toEqual(sorted([first, third]));
    expect(await world.waiting(id)).toHaveLength(1);
  });

  it('is called to mind only to those who have neither voted nor stepped aside', async () => {
    const voters = await world.seat(3);
    const [voted = '', aside = '', idle = ''] = voters;
    const id = await world.open(voters, clock.at(), threeDays);
    const { run, taken, to } = post();
    await run();
    await records.commit([
      { put: { key: recordKey('ballot', inVote(id, voted)), version: 1, data: {} }, expect: 'absent' },
      { put: { key: recordKey('recusal', inVote(id, aside)), version: 1, data: {} }, expect: 'absent' },
    ]);
    clock.pass(49 * 60);
    await run();
    expect(to(taken.slice(3))).toEqual([idle]);
  });

  it('is told to nobody once it is over', async () => {
    const id = await world.open(await world.seat(2), clock.at(), soon);
    clock.pass(181);
    const { run, taken } = post();
    await run();
    expect(taken).toEqual([]);
    expect(await world.waiting(id)).toEqual([]);
  });

  it('is told without its title when it is confidential', async () => {
    const confidential = { reason: 'Staff', reviewOn: '2027-01-01' };
    await world.open(await world.seat(1), clock.at(), soon, { confidential });
    const { run, taken } = post();
    await run();
    expect(taken).toHaveLength(1);
    expect(JSON.stringify(taken)).not.toContain('Adoption');
    expect(taken[0]?.subject).toContain('confidential');
  });
});

describe('an outcome', () => {
  it('is told to those who were entitled and still sit there, and to the mover, once each', async () => {
    const voters = await world.seat(3);
    const [gone = ''] = await world.seat(1, { to: '2026-03-01' });
    const id = await world.open([...voters, gone], clock.at(), soon);
    const { run, taken, to } = post();
    await run();
    const opened = (await records.get(recordKey('resolution', id)))?.data as { vote: object };
    const outcome = { carried: true, reasons: [] };
    const vote = { ...opened.vote, shutAt: soon, result: { outcome, election: null, count: {}, standings: [] } };
    const adoption = { at: soon, from: '2026-03-02', number: '2026-001' };
    await records.commit([
      { put: { key: recordKey('resolution', id), version: 2, data: { ...opened, vote, adoption } }, expect: 'any' },
      ...moveRows([], mailingRows.outcome(id, clock.at())),
    ]);
    await run();
    expect(sorted(to(taken.slice(3)))).toEqual(sorted(voters));
    expect(taken[3]?.text).toContain('It has the number 2026-001 in the register.\n\nSo it was carried.');
    expect(await world.waiting(id)).toEqual([]);
  });
});

describe('notice of a meeting', () => {
  const meetingOf = async (change: object = {}) => {
    const id = v7();
    const secret = await world.open([], clock.at(), soon, {
      confidential: { reason: 'Staff', reviewOn: '2027-01-01' },
    });
    const agenda = [
      { title: 'The plan', resolutionId: null },
      { title: 'Dismissal of X', resolutionId: secret },
    ];
    const times = { startsAt: '2026-03-10T17:00:00.000Z', timeZone: 'Europe/Berlin' };
    const meeting = {
      ...{ bodyId: world.bodyId, title: 'Spring meeting', place: 'The library', remote: null, agenda, ...times },
      ...{ notice: { givenAt: clock.at() }, cancelled: null, held: null },
      ...change,
    };
    await records.commit([
      { put: { key: recordKey('meeting', id), version: 1, data: meeting }, expect: 'absent' },
      ...moveRows([], mailingRows.meetingNotice(id, clock.at())),
    ]);
    return id;
  };

  it('goes to all who sit in the body then and now, with time, place and agenda, but no title of what is confidential', async () => {
    const staying = [...(await world.seat(2)), ...(await world.seat(1, { voting: false }))];
    await world.seat(1, { to: '2026-03-09' });
    await meetingOf();
    const { run, taken, to } = post();
    await run();
    expect(sorted(to())).toEqual(sorted(staying));
    expect(taken[0]?.text).toContain('Tuesday, March 10, 2026 at 6:00 PM Central European Standard Time');
    expect(taken[0]?.text).toContain('Place: The library\n\nAgenda:\n1. The plan\n2. A confidential matter\n');
    expect(taken[0]?.text).not.toContain('Dismissal');
  });

  it.each([
    ['was cancelled', { cancelled: { at: 'now', by: 'x', reason: 'Snow' } }],
    ['was moved, so that notice has to be given again', { notice: null }],
    ['was noticed anew since', { notice: { givenAt: '2026-03-02T15:00:01.000Z' } }],
    ['is over', { held: { openedAt: 'then', closedAt: 'now' } }],
  ])('of a meeting that %s goes to nobody', async (_, change) => {
    await world.seat(2);
    const id = await meetingOf(change);
    const { run, taken } = post();
    await run();
    expect(taken).toEqual([]);
    expect(await world.waiting(id)).toEqual([]);
  });
});

async function seatOf(personId: string): Promise<Stored<Seat>> {
  const partition = listPartition(seatLists.ofPerson(personId));
  const { items } = await records.query({ table: 'records', partition, order: 'ascending', limit: 1 });
  const { id, ...data } = { ...items[0]?.data };
  return { id: String(id), version: 1, data: data as unknown as Seat };
}
