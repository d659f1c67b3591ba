// iCalendar as another program reads it: what was meant is what is read, whatever the texts hold.
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { MeetingCard, MeetingState } from '../../../shared/core/meetings/meetings.ts';
import { meetingCalendar } from '../../../web/meetingCalendar.ts';

const card: MeetingCard = {
  id: '01890a5d-ac96-774b-bcce-b302099a8060',
  version: 3,
  bodyId: '01890a5d-ac96-774b-bcce-b302099a8057',
  title: 'Board meeting',
  kind: 'regular',
  startsAt: '2024-02-09T17:00:00.000Z',
  endsAt: '2024-02-09T19:00:00.000Z',
  timeZone: 'America/New_York',
  place: 'Library',
  isPublic: true,
  seriesId: null,
  revisedAt: '2024-02-01T12:00:00.000Z',
  state: 'noticed',
  isKnown: true,
  held: null,
};

const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return { calendar, events: calendar.getAllSubcomponents('vevent') };
};
const eventOf = (more: Partial<MeetingCard>, place: string | null = 'Library', body = 'Board') =>
  read(meetingCalendar(body, [{ card: { ...card, ...more }, body, place }])).events[0];

describe('a calendar of meetings', () => {
  it('says when, what and where, by a name and a sequence that stay with the meeting', () => {
    const event = eventOf({});
    const value = (name: string) => String(event?.getFirstPropertyValue(name));
    expect(
      Object.fromEntries(['uid', 'summary', 'location', 'status', 'sequence'].map(name => [name, value(name)])),
    ).toEqual({
      uid: card.id,
      summary: 'Board meeting (Board)',
      location: 'Library',
      status: 'CONFIRMED',
      sequence: '2',
    });
    expect([value('dtstamp'), value('dtstart'), value('dtend')]).toEqual([
      '2024-02-01T12:00:00Z',
      '2024-02-09T17:00:00Z',
      '2024-02-09T19:00:00Z',
    ]);
  });

  it.each<[MeetingState, string]>([
    ['scheduled', 'TENTATIVE'],
    ['noticed', 'CONFIRMED'],
    ['open', 'CONFIRMED'],
    ['adjourned', 'CONFIRMED'],
    ['cancelled', 'CANCELLED'],
  ])('shows what is %s as %s', (state, status) => {
    expect(eventOf({ state })?.getFirstPropertyValue('status')).toBe(status);
  });

  it('is called what the body is called, commas and all', () => {
    const lines = meetingCalendar('Budget, staff; \\plans', []).split('\r\n');
    expect(lines).toContain('NAME:Budget\\, staff\\; \\\\plans');
    expect(lines).toContain('X-WR-CALNAME:Budget\\, staff\\; \\\\plans');
  });

  it('is the same, byte for byte, for the same meetings', () => {
    const entries = [{ card, body: 'Board', place: null }];
    expect(meetingCalendar('Board', entries)).toBe(meetingCalendar('Board', entries));
  });

  it('shows no place where none is given, and reads well without meetings', () => {
    expect(eventOf({}, null)?.getFirstPropertyValue('location')).toBeNull();
    expect(read(meetingCalendar('Board', [])).events).toEqual([]);
  });

  it('has lines of 75 bytes at most, each ended by CRLF, and keeps every text as it is', () => {
    const anyText = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
      .map(text => text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ').trim())
      .filter(text => text !== '');
    const hostile = fc.constantFrom(
      'a,b;c\\d',
      'x:y',
      '\\n',
      'END:VEVENT',
      '"quoted"',
      'ü'.repeat(100),
      '🗳️'.repeat(60),
    );
    fc.assert(
      fc.property(fc.oneof(anyText, hostile), fc.oneof(anyText, hostile), (title, body) => {
        const text = meetingCalendar(body, [{ card: { ...card, title }, body, place: title }]);
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const { events } = read(text);
        expect(events).toHaveLength(1);
        expect(events[0]?.getFirstPropertyValue('summary')).toBe(`${title} (${body})`);
        expect(events[0]?.getFirstPropertyValue('location')).toBe(title);
      }),
    );
  });
});
