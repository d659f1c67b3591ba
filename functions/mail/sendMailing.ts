/** Sends one mailing to everybody concerned, as far as it goes, and takes it off its list when nobody is left. */
import { instant } from '../../shared/core/calendar.ts';
import { isPast, type Mailing, mailingRow, nextTry, sendingKey } from '../../shared/core/mailings.ts';
import type { Person } from '../../shared/core/people.ts';
import { recordKey } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import type { Item, Write } from '../../shared/ports/recordStore.ts';
import { type Errand, type Fate, sendOnce } from './sendOnce.ts';
import type { Limits, MailServices } from './services.ts';
import { tell } from './tell.ts';

/** How an attempt went. `halted`: other mailings would meet the same fault. */
export type Went = 'on' | 'halted';

export async function sendMailing(row: Item, services: MailServices, limits: Limits): Promise<Went> {
  const { now } = services;
  const mailing = row.data as unknown as Mailing;
  const told = await tell(mailing, services);
  const isLate = told !== undefined && isPast(mailing, instant(now()));
  // A demonstration is given years of history at once, of which nobody is to be told.
  if (isLate && !told.isDemonstration) {
    logFaults(
      new Error(`${mailing.id} could not be sent to everybody in time, and was given up`),
      'sendMail',
      services,
    );
  }
  if (told === undefined || isLate) {
    await replaceRow(row, [], services);
    return 'on';
  }
  const tally: Tally = { sent: 0, refused: 0, refusedInARow: 0, left: 0, isHalted: false };
  for await (const personIds of told.recipients()) {
    await sendToSome(personIds, { mailing, told, services, limits }, tally);
    if (tally.isHalted) break;
  }
  if (tally.isHalted || tally.refused > 0) {
    const tries = tally.sent > 0 ? 1 : mailing.tries + 1;
    const { key, card } = mailingRow({ ...mailing, tries }, nextTry(tries, instant(now())));
    await replaceRow(row, [{ put: { key, version: 1, data: card }, expect: 'any' }], services);
  } else if (tally.left === 0) {
    await replaceRow(row, [], services);
  }
  return tally.isHalted ? 'halted' : 'on';
}

interface Tally {
  sent: number;
  /** Messages that the mail server refused, each for itself. */
  refused: number;
  refusedInARow: number;
  /** Messages that somebody else is sending, or that there was no time for. */
  left: number;
  /** The mail server takes nothing for a while. */
  isHalted: boolean;
}

/** After so many that were refused for themselves it is no matter of single messages any more. */
const mostRefusedInARow = 10;

/** One alone until one was taken: a server that is silent learns of one message, not of many whose fate nobody knows. */
async function sendToSome(personIds: readonly string[], errand: Errand, tally: Tally): Promise<void> {
  const { mailing, services, limits } = errand;
  const { records } = services;
  const [sendings, people] = await Promise.all([
    records.getMany(personIds.map(id => sendingKey(mailing.id, id))),
    records.getMany(personIds.map(id => recordKey('person', id))),
  ]);
  const queue = personIds.entries();
  const sendNext = async (): Promise<boolean> => {
    if (tally.isHalted) return false;
    const { value: next } = queue.next();
    if (next === undefined) return false;
    if (limits.isOver()) {
      tally.left++;
      return true;
    }
    const [index, personId] = next;
    const person = people[index]?.data as unknown as Person | undefined;
    count(tally, await sendOnce({ personId, person, before: sendings[index] }, errand));
    return true;
  };
  const lane = async () => {
    while (await sendNext());
  };
  while (tally.sent === 0 && (await sendNext()));
  const ends = await Promise.allSettled(Array.from({ length: limits.atOnce }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

function count(tally: Tally, fate: Fate): void {
  if (fate === 'sent') tally.sent++;
  if (fate === 'elsewhere') tally.left++;
  if (fate === 'refused') tally.refused++;
  if (fate === 'sent') tally.refusedInARow = 0;
  if (fate === 'refused') tally.refusedInARow++;
  if (fate === 'halted' || tally.refusedInARow === mostRefusedInARow) tally.isHalted = true;
}

/** Takes the row off the list; whoever was faster has done the same. */
async function replaceRow({ key, version }: Item, by: readonly Write[], { records }: MailServices): Promise<void> {
  await records.commit([{ remove: key, expect: { version } }, ...by]).catch(error => {
    if (!(error instanceof VersionConflictError)) throw error;
  });
}
