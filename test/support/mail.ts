/** A small book of which mail is to be sent, written straight into a store, and a mail server that means harm. */
import { v7 } from 'uuid';
import type { MailServices } from '../../functions/mail/services.ts';
import { type Body, type Seat, seatRows } from '../../shared/core/bodies.ts';
import { type Instant, instant } from '../../shared/core/calendar.ts';
import type { Motion } from '../../shared/core/decisions/motions.ts';
import {
  draftResolution,
  moveMotion,
  openVote,
  type Resolution,
  secondMotion,
} from '../../shared/core/decisions/resolutions.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import { electorateData, electorateKey, shardOf, shards } from '../../shared/core/decisions/votes.ts';
import { type Mailing, mailingList, mailingRows, type Sending, sendingKey } from '../../shared/core/mailings.ts';
import { organisationId, type Profile } from '../../shared/core/organisation.ts';
import type { Person } from '../../shared/core/people.ts';
import { listPartition, moveRows, type RecordKind, recordKey } from '../../shared/core/records.ts';
import type { LogLine } from '../../shared/http/log.ts';
import { allPages } from '../../shared/http/read.ts';
import { type Mailer, MailRefusedError, type Message } from '../../shared/ports/mailer.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';

const organisation: Profile = {
  legalName: 'Test Society',
  shortName: null,
  jurisdiction: { code: 'US-VA', name: 'Virginia' },
  incorporatedOn: '2020-01-01',
  taxStatus: null,
  ein: null,
  fiscalYearEnd: '12-31',
  timeZone: 'America/New_York',
  mission: '',
  website: null,
  demonstration: false,
};

const rule = rulesOf(undefined, 'working-group', '2026-01-01').rules.ordinary;

export const motion: Motion = {
  title: 'Adoption of the plan',
  preamble: '',
  text: '1. It is so.',
  language: 'en',
  effectiveOn: null,
  attachments: [],
  followUp: null,
  election: null,
  effects: [],
};

const record = (kind: RecordKind, id: string, data: object): Write => ({
  put: { key: recordKey(kind, id), version: 1, data: data as JsonObject },
  expect: 'any',
});

/** @param records to which all is written. */
export function mailWorld(records: RecordStore) {
  const bodyId = v7();
  const body: Body = {
    kind: 'working-group',
    term: { from: '2020-01-01', to: null },
    publishesSeats: true,
    history: [{ name: 'Board', purpose: '', parentBodyId: null, from: '2020-01-01' }],
  };
  const commit = async (writes: readonly Write[]) => {
    for (let from = 0; from < writes.length; from += 100) await records.commit(writes.slice(from, from + 100));
  };
  return {
    bodyId,
    found: () =>
      commit([
        record('organisation', organisationId, { history: [{ ...organisation, from: '2020-01-01' }] }),
        record('body', bodyId, body),
      ]),

    /** People with an address each, seated in the body. @param to the last day of their seats. */
    async seat(count: number, { to = null, voting = true }: { to?: string | null; voting?: boolean } = {}) {
      const ids = Array.from({ length: count }, () => v7());
      await commit(
        ids.flatMap(id => {
          const person: Person = {
            name: `Person ${id}`,
            email: `${id}@test.example`,
            identity: null,
            invitation: null,
          };
          const seat: Seat = {
            bodyId,
            personId: id,
            office: 'member',
            title: null,
            voting,
            weight: 1,
            group: null,
            term: { from: '2020-01-01', to },
          };
          return [record('person', id, person), ...moveRows([], seatRows({ id: v7(), version: 1, data: seat }))];
        }),
      );
      return ids;
    },

    /** A vote that these people are entitled to, with its mail to be sent. */
    async open(voters: readonly string[], openedAt: Instant, closesAt: Instant, change: Partial<Resolution> = {}) {
      const id = v7();
      const [mover = v7(), seconder = v7()] = voters;
      const moved = moveMotion(draftResolution(bodyId, motion, mover), mover, openedAt);
      const vote = {
        openedBy: mover,
        closesAt,
        rule: rule as NonNullable<typeof rule>,
        ruleWhenRecused: null,
        inOffice: voters.length,
        people: Math.max(1, voters.length),
        fixed: voters.length,
        groups: [],
        meetingId: null,
        sealKey: null,
      };
      const opened = openVote(secondMotion(moved, seconder, openedAt), vote as never, openedAt);
      const electorate = Array.from({ length: shards }, (_, shard): Write => {
        const theirs = voters.filter(personId => shardOf(personId) === shard);
        const data = electorateData(theirs.map(personId => ({ personId, weight: 1, group: -1 })));
        return { put: { key: electorateKey(id, shard), version: 1, data }, expect: 'absent' };
      });
      await commit([
        record('resolution', id, { ...opened, ...change }),
        ...electorate,
        ...moveRows([], mailingRows.voteOpened(id, openedAt, closesAt)),
      ]);
      return id;
    },

    /** What waits to be sent about one thing. */
    async waiting(about: string): Promise<Mailing[]> {
      const found: Mailing[] = [];
      for await (const items of allPages(records, { partition: listPartition(mailingList) }))
        found.push(...items.map(item => item.data as unknown as Mailing).filter(mailing => mailing.about === about));
      return found;
    },

    async sendingOf(mailingId: string, personId: string): Promise<Sending['state'] | undefined> {
      return (await records.get(sendingKey(mailingId, personId)))?.data.state as Sending['state'] | undefined;
    },
  };
}

/** What a mail server does with one message. */
export type Whim = 'takes' | 'refuses' | 'refuses this' | 'hangs' | 'fails' | 'takes and hangs' | 'takes and fails';

/** A mail server that does what it is told, and counts what it took. */
export function mailServer(next: () => Whim = () => 'takes', repeatable = false) {
  const taken: Message[] = [];
  const mailer: Mailer = {
    repeatable,
    async send(message) {
      const whim = next();
      if (whim === 'refuses') throw new MailRefusedError('Throttled', false);
      if (whim === 'refuses this') throw new MailRefusedError('Not this one', true);
      if (whim.startsWith('takes') && !(repeatable && taken.some(({ id }) => id === message.id))) taken.push(message);
      if (whim.endsWith('hangs')) await new Promise(() => {});
      if (whim.endsWith('fails')) throw new Error('The connection broke');
    },
  };
  const to = (about: Iterable<Message> = taken) => [...about].map(message => message.to.address.split('@')[0]);
  return { mailer, taken, to };
}

/** A clock that stands still until it is moved. */
export function clockAt(at: Instant) {
  let time = Date.parse(at);
  return {
    now: () => new Date(time),
    at: () => instant(new Date(time)),
    pass: (minutes: number) => {
      time += minutes * 60_000;
    },
  };
}

export function mailServices(records: RecordStore, mailer: Mailer, now: () => Date) {
  const log: LogLine[] = [];
  const services: MailServices = {
    records,
    mailer,
    now,
    newId: () => v7(),
    log: line => log.push(line),
    origin: 'https://book.example.org',
  };
  return { services, log };
}

export const limits = { atOnce: 4, patienceMilliseconds: 2000, isOver: () => false };
