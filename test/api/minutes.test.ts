/** Votes in a meeting, and the minutes that the record drafts, people record, and a later resolution approves. */
import { afterEach, expect, it } from 'vitest';
import { readPresent } from '../../functions/meetings/presence.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore } from '../support/book.ts';
import { type Answered, type Client, clientFor } from '../support/client.ts';
import { adjournedOf, openMeetingOf, scheduledOf } from '../support/meetings.ts';
import {
  bodyOf,
  closedOf,
  countedOf,
  decidedOf,
  inAnHour,
  motionOf,
  openedOf,
  secondedOf,
  voted,
} from '../support/resolutions.ts';

type Voter = 'member' | 'director' | 'treasurer';
const voters = ['member', 'director', 'treasurer'] as const;

describeOnEachStore('meetings with votes', book => {
  afterEach(() => book().setClock(undefined));

  /** More than half of those in office have to be there, and more than half of these in favour. */
  const boardlike = async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), voters);
    const { from, version, history, proof, rules, ...rest } = (await as.public.getRules({ params: { bodyId } })).body;
    const most = { fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than' } as const;
    const ruled = rules.map(({ name, rule }) => ({
      name,
      rule: {
        ...rule,
        quorum: { of: 'in-office', ...most } as const,
        majorities: [{ of: 'present', ...most, counting: 'votes' } as const],
      },
    }));
    const body = { ...rest, rules: ruled, from: '2021-01-01', reason: 'Adopted.' };
    await as.secretary.updateRules({ params: { bodyId }, version, body }).then(answer => answer.body);
    return bodyId;
  };
  const move = async (meetingId: string, who: Voter, way: 'recordArrival' | 'recordDeparture') => {
    const params = { meetingId, personId: book().people[who] };
    await book()
      .as.secretary[way]({ params, body: {} })
      .then(answer => answer.body);
  };
  const openIn = async (meetingId: string, bodyId: string, title = 'A resolution') => {
    const { as } = book();
    const { id, version } = await secondedOf(as.member, as.director, bodyId, motionOf({ title }));
    const body = { closesAt: inAnHour(), meetingId };
    await as.secretary.openVote({ params: { resolutionId: id }, version, body }).then(answer => answer.body);
    return id;
  };
  const adjourn = async (meetingId: string) => {
    const { version } = (await book().as.secretary.getMeeting({ params: { meetingId } })).body;
    return book().as.secretary.adjournMeeting({ params: { meetingId }, version });
  };

  it.each<[string, readonly Voter[], readonly Voter[], string, number]>([
    ['one who is there in silence counts', ['member', 'director'], [], 'carried', 3],
    ['one who left before the end does not', ['member'], ['treasurer'], 'failed', 2],
    ['two votes of the two who stayed', ['member', 'director'], ['treasurer'], 'carried', 2],
    ['nobody else is left, and so no quorum', ['member'], ['director', 'treasurer'], 'failed', 1],
  ])('count who is there when the vote ends: %s', async (_what, inFavour, leaving, state, present) => {
    const { as } = book();
    const bodyId = await boardlike();
    const { id: meetingId } = await openMeetingOf(as.secretary, bodyId);
    for (const who of voters) await move(meetingId, who, 'recordArrival');
    const resolutionId = await openIn(meetingId, bodyId);
    for (const who of inFavour) {
      await as[who].castVote({ params: { resolutionId }, body: { choice: 'yes' } }).then(answer => answer.body);
    }
    for (const who of leaving) await move(meetingId, who, 'recordDeparture');
    await closedOf(book(), resolutionId);
    const counted = await countedOf(book(), resolutionId);
    expect(counted.state).toBe(state);
    expect(counted.result.reasons[0]).toMatchObject({ kind: 'electorate', entitled: 3, present });
  });

  it('are not adjourned while a vote is open in them, nor is a vote opened in one that is over', async () => {
    const { as } = book();
    const bodyId = await boardlike();
    const { id: meetingId } = await openMeetingOf(as.secretary, bodyId);
    const resolutionId = await openIn(meetingId, bodyId);
    expect((await adjourn(meetingId)).problem.detail).toContain('A vote is open in the meeting');
    await closedOf(book(), resolutionId);
    expect((await adjourn(meetingId)).body.state).toBe('adjourned');
    await expect(openIn(meetingId, bodyId)).rejects.toThrow('/meetingId');
  });

  it('are not adjourned over a vote that opens at the same moment, nor attended behind their end', async () => {
    const { as, people, records, serveWith } = book();
    const bodyId = await boardlike();
    /** Sends through a server whose commit waits until something else has happened. */
    const duringCommit = async (
      send: (late: Client) => Promise<Answered<unknown>>,
      meanwhile: () => Promise<unknown>,
    ) => {
      let before: (() => Promise<unknown>) | undefined = meanwhile;
      const commit = async (writes: readonly Write[]) => {
        const wait = before;
        before = undefined;
        await wait?.();
        return records.commit(writes);
      };
      const origin = await serveWith({
        records: {
          get: key => records.get(key),
          getMany: keys => records.getMany(keys),
          query: query => records.query(query),
          commit,
        },
      });
      return send(clientFor(origin, as.secretary.token));
    };
    const voted = await openMeetingOf(as.secretary, bodyId);
    const request = { params: { meetingId: voted.id }, version: voted.version };
    const adjourned = await duringCommit(
      late => late.adjournMeeting(request),
      () => openIn(voted.id, bodyId),
    );
    expect(adjourned.problem.detail).toContain('A vote is open in the meeting');
    const attended = await openMeetingOf(as.secretary, bodyId);
    const params = { meetingId: attended.id, personId: people.member };
    const arrived = await duringCommit(
      late => late.recordArrival({ params, body: {} }),
      () => adjourn(attended.id),
    );
    expect(arrived.problem.code).toBe('state-conflict');
  });

  it('are attended from their opening to their adjournment, and by nobody before or after', async () => {
    const { as, people, records, setClock } = book();
    const bodyId = await boardlike();
    const times = { startsAt: '2030-03-15T15:00:00Z', endsAt: '2030-03-15T18:00:00Z' };
    setClock('2030-03-15T15:10:00.000Z');
    const { id } = await openMeetingOf(as.secretary, bodyId, times);
    const params = { meetingId: id, personId: people.member };
    await as.secretary.recordArrival({ params, body: { at: '2030-03-15T14:50:00Z' } }).then(({ body }) => body);
    setClock('2030-03-15T16:00:00.000Z');
    await adjourn(id);
    const there = async (time: string) => [...(await readPresent(records, id, `2030-03-15T${time}Z`))];
    for (const time of ['15:10:00.000', '15:30:00.000', '16:00:00.000']) {
      expect(await there(time)).toEqual([people.member]);
    }
    for (const time of ['15:09:59.999', '16:00:00.001']) expect(await there(time)).toEqual([]);
    expect(await readPresent(records, bodyId, '2030-03-15T15:30:00.000Z')).toEqual(new Set());
  });

  it('draft their minutes from the record', async () => {
    const { as } = book();
    const bodyId = await boardlike();
    const meeting = await openMeetingOf(as.secretary, bodyId, {
      guests: ['A Guest'],
      agenda: [{ title: 'The budget' }],
    });
    const params = { meetingId: meeting.id };
    for (const who of ['member', 'director'] as const) await move(meeting.id, who, 'recordArrival');
    const carried = await openIn(meeting.id, bodyId, 'A motion that is carried');
    const recusal = { params: { resolutionId: carried }, body: { facts: 'A cousin would profit.' } };
    await as.treasurer.recuse(recusal).then(answer => answer.body);
    for (const who of ['member', 'director'] as const) {
      await as[who].castVote({ params: { resolutionId: carried }, body: { choice: 'yes' } });
    }
    await closedOf(book(), carried);
    const { number } = (await countedOf(book(), carried)).result;
    await move(meeting.id, 'director', 'recordDeparture');
    await secondedOf(as.member, as.director, bodyId, motionOf({ title: 'Not voted on' }));
    await adjourn(meeting.id);
    const { text, ...rest } = (await as.treasurer.getMinutes({ params })).body;
    expect(rest).toMatchObject({ state: 'draft', version: 0, documentedAt: null, approved: null });
    expect(rest.contemporaneous?.state).toBe('pending');
    for (const part of [
      '# Minutes: A meeting',
      '- Person director: ',
      '## Absent\n\n- Person treasurer',
      '- A Guest',
      '1. The budget',
      'at least 2 had to be: a quorum.',
      'at least 2 had to be: no quorum.',
      `### A motion that is carried (${number})`,
      'Moved by Person member, seconded by Person director.',
      'Recused: Person treasurer.',
      '2 for, 0 against, 0 abstentions.',
      '- So it was carried.',
      `**Carried** as number ${number} of the register.`,
      '## Adjournment',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/Not voted on|secret-room|cousin/);
    expect((await as.administrator.getMinutes({ params })).status).toBe(404);
  });

  it('draft what their agenda names while nothing was put to the vote, for the body, the secretary and auditors', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const { id } = await secondedOf(as.member, as.director, bodyId, motionOf({ title: 'A draft of the body' }));
    const agenda = [{ title: 'Something', resolutionId: id }];
    const params = { meetingId: (await adjournedOf(as.secretary, bodyId, { agenda })).id };
    for (const role of ['member', 'secretary', 'auditor'] as const) {
      expect((await as[role].getMinutes({ params })).body.text).toContain('### A draft of the body');
    }
    // The treasurer knows all of the meeting but what was decided in it.
    expect((await as.treasurer.getMeeting({ params })).body.details).not.toBeNull();
    for (const role of ['treasurer', 'administrator'] as const) {
      const hidden = await as[role].getMinutes({ params });
      expect(hidden.text).toBe((await as[role].getMinutes({ params: { meetingId: bodyId } })).text);
      expect(hidden.status).toBe(404);
    }
  });

  it('have minutes from their end on, mended until a resolution approves them, which then stand still', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const open = await openMeetingOf(as.secretary, bodyId);
    const params = { meetingId: open.id };
    const put = (version: number, text: string) => as.secretary.recordMinutes({ params, version, body: { text } });
    expect((await put(0, 'Too early')).problem.code).toBe('state-conflict');
    await adjourn(open.id);
    expect((await put(1, 'Wrong')).problem.code).toBe('precondition-failed');
    expect((await put(0, ' \n')).problem.errors).toMatchObject([{ field: '/text' }]);
    const both = await Promise.all([put(0, 'First'), put(0, 'First')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const { documentedAt } = (await as.member.getMinutes({ params })).body;
    const second = (await put(1, 'Second')).body;
    expect(second).toMatchObject({ state: 'recorded', text: 'Second', version: 2, documentedAt });
    expect(second.contemporaneous?.state).toBe('yes');
    const motion = motionOf({ title: 'Minutes', effects: [{ kind: 'approves-minutes', meetingId: open.id }] });
    const { result, id } = await decidedOf(book(), bodyId, motion);
    const approved = (await as.member.getMinutes({ params })).body;
    expect(approved).toMatchObject({
      state: 'approved',
      text: 'Second',
      version: 3,
      approved: { resolutionId: id, number: result.number },
    });
    expect((await put(3, 'Third')).problem.detail).toContain('approved');
    const events = { kind: 'minutes', recordId: open.id };
    expect((await as.auditor.listEvents({ params: events })).body.items).toHaveLength(3);
  });

  it('are not approved by a vote on another text: the resolution is carried, and finds nothing to act on', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const { id: meetingId } = await adjournedOf(as.secretary, bodyId);
    const params = { meetingId };
    const put = async (version: number, text: string) =>
      (await as.secretary.recordMinutes({ params, version, body: { text } })).body;
    await put(0, 'What was voted on');
    const effects = [{ kind: 'approves-minutes', meetingId } as const];
    const { id } = await openedOf(book(), as.member, as.director, bodyId, { motion: motionOf({ effects }) });
    await put(1, 'Something else');
    const { adoption } = await voted(book(), id);
    expect(adoption?.withoutEffect).toEqual([0]);
    expect((await as.member.getMinutes({ params })).body).toMatchObject({ state: 'recorded', text: 'Something else' });
  });

  it('are not late because of a meeting that was cancelled, never held, or under way at the same time', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const at = (day: string, hour: number) => ({
      startsAt: `${day}T${hour}:00:00Z`,
      endsAt: `${day}T${hour + 1}:30:00Z`,
    });
    setClock('2030-03-15T15:00:00.000Z');
    const first = await openMeetingOf(as.secretary, bodyId, at('2030-03-15', 15));
    const cancelled = await scheduledOf(as.secretary, bodyId, at('2030-04-01', 15));
    const request = { params: { meetingId: cancelled.id }, version: cancelled.version };
    await as.secretary.cancelMeeting({ ...request, body: { reason: 'Snow.' } }).then(({ body }) => body);
    await scheduledOf(as.secretary, bodyId, at('2030-04-02', 15));
    setClock('2030-03-15T16:00:00.000Z');
    await adjournedOf(as.secretary, bodyId, at('2030-03-15', 16));
    setClock('2030-03-15T16:20:00.000Z');
    await adjourn(first.id);
    setClock('2030-06-01T12:00:00.000Z');
    const params = { meetingId: first.id };
    const { contemporaneous } = (await as.secretary.recordMinutes({ params, version: 0, body: { text: 'x' } })).body;
    expect(contemporaneous).toEqual({ state: 'yes', lastDay: null });
  });

  it.each<[string, string | null, string, string]>([
    ['on the sixtieth day', '2030-04-01', '2030-05-14', 'yes'],
    ['a day later, after the next meeting', '2030-04-01', '2030-05-15', 'no'],
    ['a day later, on the day of the next meeting', '2030-05-15', '2030-05-15', 'yes'],
    ['a day later, without a next meeting', null, '2030-05-15', 'yes'],
  ])('are documented in time or not: %s', async (_what, nextOn, documentedOn, state) => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const held = async (day: string) => {
      setClock(`${day}T16:00:00.000Z`);
      return adjournedOf(as.secretary, bodyId, { startsAt: `${day}T15:00:00Z`, endsAt: `${day}T18:00:00Z` });
    };
    const params = { meetingId: (await held('2030-03-15')).id };
    if (nextOn !== null) await held(nextOn);
    setClock(`${documentedOn}T20:00:00.000Z`);
    const before = (await as.member.getMinutes({ params })).body.contemporaneous;
    expect(before?.state).toBe(state === 'yes' ? 'pending' : 'no');
    const { contemporaneous } = (await as.secretary.recordMinutes({ params, version: 0, body: { text: 'Minutes' } }))
      .body;
    expect(contemporaneous).toEqual({
      state,
      lastDay: nextOn === '2030-05-15' ? nextOn : nextOn === null ? null : '2030-05-14',
    });
  });
});
