/** What an organisation has to file as iCalendar (RFC 5545), for calendar programs. Equal filings give equal bytes. */
import { ICalCalendar, ICalEventStatus } from 'ical-generator';
import type { PlainDate } from '../shared/core/calendar.ts';
import type { FilingCard } from '../shared/core/filings/filingRows.ts';

/** How often to ask again. */
const refreshSeconds = 3600;

export function filingsCalendar(cards: readonly FilingCard[]): string {
  const calendar = new ICalCalendar({ prodId: '//Minutebook//Filings//EN', name: 'Filings', ttl: refreshSeconds });
  for (const card of cards) {
    const { id, authority } = card;
    const what = `${card.title}, ${card.period.from} to ${card.period.to}`;
    const add = (uid: string, summary: string, status = ICalEventStatus.CONFIRMED) =>
      calendar.createEvent({
        id: uid,
        sequence: card.version - 1,
        stamp: new Date(card.revisedAt),
        start: midnight(card.due),
        allDay: true,
        summary,
        description: `To: ${authority}`,
        status,
      });
    if (card.state === 'excused') add(id, `Not owed: ${what}`, ICalEventStatus.CANCELLED);
    else add(id, card.isOpen ? `Due: ${what}` : `Filed on ${card.filedOn}: ${what}`);
    if (card.isOpen && card.isExtendable) add(`${id}~extension`, `Last day to ask for more time: ${what}`);
  }
  return `${calendar.toString()}\r\n`;
}

/** An event of a whole day is its date in UTC. */
const midnight = (date: PlainDate) => new Date(`${date}T00:00:00Z`);
