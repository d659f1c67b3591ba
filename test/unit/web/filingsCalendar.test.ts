// What is to be filed, as another calendar program reads it.
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../../shared/core/filings/filingRows.ts';
import type { Filing } from '../../../shared/core/filings/filings.ts';
import { excuse, extend, prepare } from '../../../shared/core/filings/life.ts';
import { submit } from '../../../shared/core/filings/submitting.ts';
import { filingsCalendar } from '../../../web/filingsCalendar.ts';
import { filingOf, obligationOf } from '../../support/filings.ts';

const id = 'us-irs-return~2023-12-31';
const at = '2024-03-01T12:00:00.000Z';
const today = '2024-03-01';
const cardOfFiling = (data: Filing, version = 3) => cardOf({ id, version, data }, at);

function eventsOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: Number(event.sequence),
      summary: event.summary,
      isAllDay: event.startDate.isDate,
      from: String(event.startDate),
      days: event.endDate.subtractDate(event.startDate).toSeconds() / 86_400,
      status: component.getFirstPropertyValue('status'),
      alarms: component.getAllSubcomponents('valarm').length,
    };
  });
}
const shown = (data: Filing, version?: number) => eventsOf(filingsCalendar([cardOfFiling(data, version)]));

const what = 'Annual return, 2023-01-01 to 2023-12-31';
const wholeDay = { isAllDay: true, days: 1, alarms: 0, sequence: 2 };

describe('the calendar of filings', () => {
  it('has a whole day for what is due, and one for the last on which more time can be asked for', () => {
    expect(shown(filingOf())).toEqual([
      { ...wholeDay, uid: id, summary: `Due: ${what}`, from: '2024-05-15', status: 'CONFIRMED' },
      {
        ...wholeDay,
        uid: `${id}~extension`,
        summary: `Last day to ask for more time: ${what}`,
        from: '2024-05-15',
        status: 'CONFIRMED',
      },
    ]);
  });

  it('moves with an extension, under the same name and a later sequence, and asks for it no more', () => {
    const extended = extend(filingOf(), { askedOn: today, confirmation: '1', evidence: null }, today);
    expect(shown(extended, 4)).toMatchObject([{ uid: id, sequence: 3, from: '2024-11-15', summary: `Due: ${what}` }]);
  });

  it('says when it was filed, and that it is not owed', () => {
    const sent = {
      amends: false,
      form: null,
      on: today,
      by: 'a',
      way: 'mail',
      confirmation: null,
      papers: [],
    } as const;
    expect(shown(submit(filingOf(), sent, today, at))).toMatchObject([{ summary: `Filed on 2024-03-01: ${what}` }]);
    expect(shown(excuse(filingOf(), { reason: 'No.', evidence: null }))).toMatchObject([
      { summary: `Not owed: ${what}`, status: 'CANCELLED' },
    ]);
  });

  it('is the same, byte for byte, for the same filings, and reads well without any', () => {
    const cards = [cardOfFiling(prepare(filingOf(), today, today))];
    expect(filingsCalendar(cards)).toBe(filingsCalendar(cards));
    expect(eventsOf(filingsCalendar([]))).toEqual([]);
  });

  it('keeps every text as it is, in lines of 75 bytes at most', () => {
    const hostile = fc.constantFrom('a,b;c\\d', '\\n', 'END:VEVENT', 'x:y', 'ü'.repeat(100), '🗳️'.repeat(60));
    fc.assert(
      fc.property(hostile, hostile, (title, authority) => {
        const text = filingsCalendar([cardOfFiling(filingOf({ obligation: obligationOf({ title, authority }) }))]);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const [due, ask, ...more] = eventsOf(text);
        expect(due?.summary).toBe(`Due: ${title}, 2023-01-01 to 2023-12-31`);
        expect(ask?.summary).toContain(title);
        expect(more).toEqual([]);
      }),
    );
  });
});
