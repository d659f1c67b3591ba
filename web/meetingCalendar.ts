/** Meetings as iCalendar (RFC 5545), for calendar programs. Equal meetings give equal bytes. */
import { ICalCalendar, ICalEventStatus } from 'ical-generator';
import type { MeetingCard, MeetingState } from '../shared/core/meetings/meetings.ts';

export interface CalendarEntry {
  readonly card: MeetingCard;
  /** The name of the body that meets. */
  readonly body: string;
  /** Null where it is not shown. */
  readonly place: string | null;
}

const statusOf: Readonly<Record<MeetingState, ICalEventStatus>> = {
  scheduled: ICalEventStatus.TENTATIVE,
  noticed: ICalEventStatus.CONFIRMED,
  open: ICalEventStatus.CONFIRMED,
  adjourned: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
};

/** How often to ask again. */
const refreshSeconds = 3600;

export function meetingCalendar(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = new ICalCalendar({
    prodId: '//Minutebook//Meetings//EN',
    // The generator escapes the texts of events, and this one not.
    name: name.replaceAll(/[\\;,]/g, '\\$&'),
    ttl: refreshSeconds,
  });
  for (const { card, body, place } of entries) {
    calendar.createEvent({
      id: card.id,
      sequence: card.version - 1,
      stamp: new Date(card.revisedAt),
      start: new Date(card.startsAt),
      end: new Date(card.endsAt),
      summary: `${card.title} (${body})`,
      status: statusOf[card.state],
      ...(place === null ? {} : { location: { title: place } }),
    });
  }
  return `${calendar.toString()}\r\n`;
}
