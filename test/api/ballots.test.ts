/** Who may vote, how often, and until when. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { mailingList } from '../../shared/core/mailings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { BusyError } from '../../shared/errors.ts';
import { allPages } from '../../shared/http/read.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { failingAt } from '../support/faultyStores.ts';
import {
  ballotsOf,
  bodyOf,
  closedOf,
  countedOf,
  inAnHour,
  motionOf,
  openedOf,
  secondedOf,
} from '../support/resolutions.ts';

type Voter = keyof TestBook['people'];
type Choice = 'yes' | 'no' | 'abstain';

describeOnEachStore('a vote', book => {
  afterEach(() => book().setClock(undefined));

  const opened = async (...voters: Voter[]) => {
    const bodyId = await bodyOf(book(), ['member', 'director', ...voters]);
    return await openedOf(book(), book().as.member, book().as.director, bodyId);
  };
  const cast = (voter: Voter | 'signed-in', resolutionId: string, choice: Choice = 'yes') =>
    book().as[voter].castVote({ params: { resolutionId }, body: { choice } });
  const listedOf = async (resolutionId: string) =>
    [...(await ballotsOf(book().as.auditor, resolutionId))].map(([name, choice]) => `${name}: ${choice}`);
  const seatOf = async (role: Voter, bodyId: string) => {
    const seats = (await book().as.secretary.listSeats({ params: { bodyId } })).body.items;
    const seat = seats.find(({ person }) => person.id === book().people[role]);
    return { params: { seatId: String(seat?.id) }, version: 1 };
  };

  it('is one for each, replaced until the end, with every replacement on record', async () => {
    const { as, people } = book();
    const { id } = await opened();
    for (const choice of ['yes', 'no', 'abstain', 'no'] as const) {
      expect((await cast('member', id, choice)).body.choice).toBe(choice);
    }
    expect(await listedOf(id)).toEqual(['Person member: no']);
    const recordId = `${id}~${people.member}`;
    const events = (await as.auditor.listEvents({ params: { kind: 'ballot', recordId } })).body.items;
    const told = events.map(({ changes }) => changes.find(({ field }) => field === 'said')?.to);
    expect(told.toReversed()).toEqual(['yes', 'no', 'abstain', 'no']);
    await closedOf(book(), id);
    expect((await countedOf(book(), id)).result).toMatchObject({
      count: { yes: 0, no: 1, abstained: 0 },
      carried: false,
    });
  });

  it('is not for those who hold no voting seat in the body', async () => {
    const { id } = await opened();
    for (const voter of ['treasurer', 'secretary', 'auditor', 'administrator'] as const) {
      expect((await cast(voter, id)).problem.code).toBe('not-allowed');
    }
    expect((await cast('signed-in', id)).problem.code).toBe('not-found');
    expect(await listedOf(id)).toEqual([]);
  });

  it('is taken neither before the opening nor after the closing', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const { id, version } = await secondedOf(as.member, as.director, bodyId);
    expect((await cast('member', id)).problem.code).toBe('state-conflict');
    const params = { resolutionId: id };
    await as.secretary.openVote({ params, version, body: { closesAt: inAnHour() } }).then(({ body }) => body);
    await cast('member', id);
    await closedOf(book(), id);
    expect((await cast('director', id, 'no')).problem.code).toBe('state-conflict');
    expect((await cast('member', id, 'no')).problem.code).toBe('state-conflict');
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 0 }, carried: true });
    expect((await cast('director', id, 'no')).problem.code).toBe('state-conflict');
    expect(await listedOf(id)).toEqual(['Person member: yes']);
  });

  it('is refused, and counted nowhere, when the vote was closed between its reading and its writing', async () => {
    const { as, records, serveWith } = book();
    const { id } = await opened();
    await cast('member', id);
    let isLate = false;
    // The ballot was decided upon while the vote was open; it is written when the vote is counted.
    const commit: typeof records.commit = async writes => {
      if (!isLate) {
        isLate = true;
        await closedOf(book(), id);
        await countedOf(book(), id);
      }
      await records.commit(writes);
    };
    const slow = clientFor(await serveWith({ records: { ...records, commit } }), as.director.token);
    const answer = await slow.castVote({ params: { resolutionId: id }, body: { choice: 'no' } });
    expect([isLate, answer.problem.code]).toEqual([true, 'state-conflict']);
    expect(await listedOf(id)).toEqual(['Person member: yes']);
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 0 } });
  });

  it('is over at its end without anybody, and counted then', async () => {
    const { as, setClock } = book();
    const { id, bodyId, vote } = await opened();
    await cast('member', id);
    const end = Date.parse(String(vote?.closesAt));
    setClock(new Date(end - 1).toISOString());
    expect((await cast('director', id, 'yes')).status).toBe(200);
    setClock(new Date(end).toISOString());
    expect((await cast('director', id, 'no')).problem.code).toBe('state-conflict');
    const { result, vote: counted } = await countedOf(book(), id);
    expect(result).toMatchObject({ count: { yes: 2, no: 0 }, carried: true });
    expect(counted?.closesAt).toBe(vote?.closesAt);
    const register = (await as.public.listRegister({ params: { bodyId } })).body;
    expect(register.items).toMatchObject([{ id, decidedAt: vote?.closesAt }]);
  });

  it('that ends with the year is decided in that year, however late it is counted', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    setClock('2035-12-31T12:00:00.000Z');
    // The last second of the year in New York.
    const { id } = await openedOf(book(), as.member, as.director, bodyId, { closesAt: '2036-01-01T04:59:59.000Z' });
    await cast('member', id);
    setClock('2036-01-03T12:00:00.000Z');
    expect((await countedOf(book(), id)).result.number).toBe('2035-001');
  });

  it('is not given by a seat that was gained after the opening', async () => {
    const { as, people } = book();
    const { id, bodyId } = await opened();
    const seat = { personId: people.treasurer, office: 'member', title: null, voting: true } as const;
    const body = { ...seat, from: '2020-01-01', to: null };
    expect((await as.secretary.createSeat({ params: { bodyId }, body })).status).toBe(201);
    expect((await cast('treasurer', id)).problem.code).toBe('not-allowed');
  });

  it('is kept by whoever was entitled at the opening and has lost the seat since', async () => {
    const { id, bodyId } = await opened('treasurer');
    const ending = { ...(await seatOf('treasurer', bodyId)), body: { lastDay: '2022-01-01', reason: 'Left.' } };
    expect((await book().as.secretary.endSeat(ending)).status).toBe(200);
    expect((await cast('treasurer', id)).status).toBe(200);
    await closedOf(book(), id);
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1 }, reasons: [{ entitled: 3 }, {}] });
  });

  it('is kept even by somebody who sits nowhere any more, and shown to them', async () => {
    const { as, signedIn } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const email = 'guest@test.example';
    const { id: personId } = (await as.secretary.createPerson({ body: { name: 'Guest', email } })).body;
    const body = { personId, office: 'member', title: null, voting: true, from: '2020-01-01', to: null } as const;
    const { id: seatId } = (await as.secretary.createSeat({ params: { bodyId }, body })).body;
    const { id } = await openedOf(book(), as.member, as.director, bodyId);
    const lost = { lastDay: '2022-01-01', reason: 'Left.' };
    await as.secretary.endSeat({ params: { seatId }, version: 1, body: lost }).then(answer => answer.body);
    const guest = await signedIn(email);
    const params = { resolutionId: id };
    expect((await guest.getMe()).body.roles).not.toContain('member');
    expect((await guest.castVote({ params, body: { choice: 'no' } })).status).toBe(200);
    expect((await guest.listBallots({ params })).problem.code).toBe('not-allowed');
    expect((await guest.getResolution({ params })).body).toMatchObject({
      mover: { by: null },
      vote: { mine: { choice: 'no', byProxy: false } },
    });
    expect((await guest.createResolution({ params: { bodyId }, body: motionOf() })).status).toBe(403);
  });

  it('is told of when it opens, a day before its end, and when it is counted', async () => {
    const { as, records } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const closesAt = new Date(Date.now() + 48 * 3_600_000).toISOString();
    const { id } = await openedOf(book(), as.member, as.director, bodyId, { closesAt });
    const told = async () => {
      const rows: Item[] = [];
      for await (const page of allPages(records, { partition: listPartition(mailingList) })) rows.push(...page);
      return rows.flatMap(({ data }) => (data.about === id ? [data.kind] : [])).toSorted();
    };
    expect(await told()).toEqual(['vote-closing', 'vote-opened']);
    await closedOf(book(), id);
    await countedOf(book(), id);
    expect(await told()).toEqual(['outcome', 'vote-closing', 'vote-opened']);
  });

  it('is listed page by page, each ballot once', async () => {
    const { id } = await opened('treasurer', 'secretary', 'auditor', 'administrator');
    const voters = ['member', 'director', 'treasurer', 'secretary', 'auditor', 'administrator'] as const;
    for (const voter of voters) expect((await cast(voter, id)).status).toBe(200);
    const listed = await ballotsOf(book().as.member, id, 2);
    expect([...listed.keys()].toSorted()).toEqual(voters.map(voter => `Person ${voter}`).toSorted());
  });

  it('is not counted twice by two who count at once, nor told of as a fault', async () => {
    const { services, log, setClock } = book();
    const { id, vote } = await opened();
    await cast('member', id);
    const faults = log.filter(({ level }) => level === 'error').length;
    setClock(String(vote?.closesAt));
    await Promise.all([1, 2, 3].map(() => countDue(services)));
    const { version } = await countedOf(book(), id);
    await countDue(services);
    await pause(50);
    expect((await countedOf(book(), id)).version).toBe(version);
    expect(log.filter(({ level }) => level === 'error').slice(faults)).toEqual([]);
  });

  /** A vote of one member that is counted with faults first, and then without. */
  const countedAfter = async (breaks: (records: RecordStore) => RecordStore) => {
    const { as, services, records } = book();
    const { id, bodyId, vote } = await opened();
    await cast('member', id);
    const later = { ...services, log: () => {}, now: () => new Date(String(vote?.closesAt)) };
    await countDue({ ...later, records: breaks(records) }).catch(() => {});
    await countDue(later);
    const { result, version } = await countedOf(book(), id);
    const query = { year: String(result.number).slice(0, 4) };
    const register = (await as.public.listRegister({ params: { bodyId }, query })).body.items.length;
    return { yes: result.count.yes, number: result.number?.slice(-3), version, register };
  };
  const asIfNothing = { yes: 1, number: '001', version: 6, register: 1 };

  it('comes out the same whichever call of its count fails', { timeout: 120_000 }, async () => {
    const { blobs } = book();
    for (let call = 1, isBroken = true; isBroken; call++) {
      let failing: ReturnType<typeof failingAt> | undefined;
      const outcome = await countedAfter(records => {
        failing = failingAt({ records, blobs }, call, 'before');
        return failing.records;
      });
      isBroken = failing?.failed.call !== undefined;
      expect(outcome, `${failing?.failed.call}, call ${call}`).toEqual(asIfNothing);
    }
  });

  it('comes out the same when its count breaks off behind any commit', { timeout: 120_000 }, async () => {
    for (let step = 0, isBroken = true; isBroken; step++) {
      let commits = 0;
      const outcome = await countedAfter(records => ({
        ...records,
        commit: async writes => {
          const own = commits++;
          if (own > step) throw new Error('broken off');
          await records.commit(writes);
          if (own === step) throw new Error('broken off');
        },
      }));
      isBroken = commits > step;
      expect(outcome, `step ${step}`).toEqual(asIfNothing);
    }
  });

  it('is closed at once while its ballots keep the gates in motion, and counts those that came through', async () => {
    const { as, services, records } = book();
    const { id, vote } = await opened();
    await cast('member', id);
    let busy = 3;
    const commit: typeof records.commit = async writes => {
      const isGate = writes.some(write => 'put' in write && write.put.key.sort.startsWith('gate#'));
      if (isGate && busy-- > 0) throw new BusyError();
      await records.commit(writes);
    };
    // Whoever closes has nothing to do with the gates; whoever counts waits for them.
    const { serveWith } = book();
    const closing = clientFor(await serveWith({ records: { ...records, commit } }), as.secretary.token);
    const { version } = (await as.secretary.getResolution({ params: { resolutionId: id } })).body;
    expect((await closing.closeVote({ params: { resolutionId: id }, version })).body.state).toBe('closed');
    expect((await cast('director', id, 'no')).problem.code).toBe('state-conflict');
    await countDue({ ...services, now: () => new Date(String(vote?.closesAt)), records: { ...records, commit } });
    expect(busy).toBeLessThan(1);
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 0 } });
  });

  it('that was decided upon before the closing, and comes through behind it, is counted: the count waits for its gate', async () => {
    const { as, services, records, serveWith } = book();
    const { id, vote } = await opened();
    const params = { resolutionId: id };
    // Closes without waking whoever counts.
    const quiet = clientFor(await serveWith({ records }), as.secretary.token);
    const { version } = (await as.secretary.getResolution({ params })).body;
    let isLate = false;
    const commit: typeof records.commit = async writes => {
      if (!isLate) expect((await quiet.closeVote({ params, version })).body.state).toBe('closed');
      isLate = true;
      await records.commit(writes);
    };
    const slow = clientFor(await serveWith({ records: { ...records, commit } }), as.member.token);
    expect((await slow.castVote({ params, body: { choice: 'yes' } })).status).toBe(200);
    expect((await slow.castVote({ params, body: { choice: 'no' } })).problem.code).toBe('state-conflict');
    await countDue({ ...services, now: () => new Date(String(vote?.closesAt)) });
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 0 } });
  });
});
