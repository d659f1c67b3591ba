/** What a reminder tells of a filing today, and whom. */
import { type Body, type Seat, seatLists } from '../../shared/core/bodies.ts';
import { covers, dateIn, instant, type PlainDate } from '../../shared/core/calendar.ts';
import { dueOf, type Filing, isOpen } from '../../shared/core/filings/filings.ts';
import { isOvertaken } from '../../shared/core/filings/reminders.ts';
import { reminderText } from '../../shared/core/filings/reminderText.ts';
import { responsibleFor } from '../../shared/core/filings/responsible.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Mailing, remindedOf } from '../../shared/core/mailings.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import type { Person } from '../../shared/core/people.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { allPages, readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readCompliance, readFigures, readRevocationRisk } from '../filings/readCircumstances.ts';
import type { MailServices } from './services.ts';
import type { Told } from './told.ts';

/**
 * Undefined when it makes no sense any more: the filing is made or excused, is due on another day by now, or a later reminder of
 * the same day is due itself.
 */
export async function tellOfFiling(mailing: Mailing, services: MailServices): Promise<Told | undefined> {
  const { records, now, origin } = services;
  const { filingId, due } = remindedOf(mailing);
  const items = await records.getMany([recordKey('filing', filingId), recordKey('organisation', organisationId)]);
  const [filing, organisation] = items.map(item => item?.data) as unknown as [Filing?, Organisation?];
  if (filing === undefined || organisation === undefined) return undefined;
  const at = instant(now());
  const timeZone = timeZoneOf(organisation, at);
  if (!isOpen(filing) || dueOf(filing) !== due || isOvertaken(due, timeZone, mailing.dueAt, at)) return undefined;
  const today = dateIn(timeZone, at);
  const profile = inForce(organisation.history, today) ?? organisation.history[0];
  const [figures, risk, seers] = await Promise.all([
    readFigures(records, [filing]),
    readRevocationRisk(records, today),
    readSeers(records, filing, today),
  ]);
  const { title, details } = reminderText(filing, today, figures.get(filing.obligation.period.to) ?? null, risk);
  return {
    notice: { kind: 'filing-due', title, at: null, link: `${origin}/v1/filings/${filingId}`, details },
    letterhead: {
      organisation: profile?.shortName ?? profile?.legalName ?? '',
      body: seers.board,
      timeZone,
    },
    isDemonstration: profile?.demonstration ?? false,
    recipients: async function* () {
      yield seers.personIds;
    },
    // Read again just before each message: who was relieved of it meanwhile is not reminded.
    concerns: async personId => (await readSeers(records, filing, today)).personIds.includes(personId),
  };
}

interface Seers {
  readonly personIds: readonly string[];
  /** The name of the board whose officers are told when nobody else is. */
  readonly board: string;
}

/**
 * Those who see to it, when one of them has an address; else the treasurer and the secretary in office. Whoever had seats, and has none any
 * more, sees to nothing: neither is it their business, nor would anybody else be told.
 */
async function readSeers(records: RecordStore, filing: Filing, today: PlainDate): Promise<Seers> {
  const all = responsibleFor(filing, await readCompliance(records));
  const left = await Promise.all(all.map(personId => hasLeft(records, personId, today)));
  const named = all.filter((_, index) => !left[index]);
  const people = await readEach<Person>(records, 'person', named);
  const officers = await readOfficers(records, today);
  const isReached = [...people.values()].some(({ email }) => email !== null);
  return isReached ? { ...officers, personIds: named } : officers;
}

/** Had seats, all of which are over. One query. */
async function hasLeft(records: RecordStore, personId: string, today: PlainDate): Promise<boolean> {
  let count = 0;
  for await (const items of allPages(records, { partition: listPartition(seatLists.ofPerson(personId)) }, 1000)) {
    const terms = items.map(item => (item.data as unknown as Seat).term);
    if (terms.some(({ to }) => to === null || to >= today)) return false;
    count += terms.length;
  }
  return count > 0;
}

/** Boards of directors are few: one query for every hundred bodies, and one for every thousand seats that the boards have had. */
async function readOfficers(records: RecordStore, today: PlainDate): Promise<Seers> {
  const personIds = new Set<string>();
  let board = 'board of directors';
  for await (const bodies of allPages(records, { partition: listPartition('bodies'), upTo: `${today}$` })) {
    for (const body of bodies.map(item => item.data as unknown as Body & { readonly id: string })) {
      if (body.kind !== 'board-of-directors' || !covers(body.term, today)) continue;
      board = inForce(body.history, today)?.name ?? board;
      const range = { partition: listPartition(seatLists.ofBody(body.id)), upTo: `${today}$` };
      for await (const items of allPages(records, range, 1000)) {
        for (const { office, term, personId } of items.map(item => item.data as unknown as Seat))
          if ((office === 'treasurer' || office === 'secretary') && covers(term, today)) personIds.add(personId);
      }
    }
  }
  return { personIds: [...personIds].sort(), board };
}
