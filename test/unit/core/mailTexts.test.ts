/** What people read in mail: when, what to do, where; nothing of what is confidential, and never a second header. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailingKinds } from '../../../shared/core/mailings.ts';
import { letterOf, momentText, type Notice } from '../../../shared/core/mailTexts.ts';

const letterhead = { organisation: 'LPSA', body: 'Board of Directors', timeZone: 'America/New_York' };
const notice = (change: Partial<Notice> = {}): Notice => ({
  kind: 'vote-opened',
  title: 'Adoption of the plan',
  at: '2026-06-30T21:00:00.000Z',
  link: 'https://book.example.org/resolutions/1',
  details: [],
  ...change,
});

it('reads like this', () => {
  expect(letterOf(notice(), letterhead, 'Jamie Boex')).toEqual({
    subject: '[LPSA] Please vote: Adoption of the plan',
    text: `Dear Jamie Boex,

The Board of Directors of LPSA is voting on a resolution:

    Adoption of the plan

Please vote before Tuesday, June 30, 2026 at 5:00 PM Eastern Daylight Time. You can change your vote until then; nothing that comes later is counted.

If you have an interest of your own in the matter, step aside instead: the same page tells how.

Read the resolution, and vote:

https://book.example.org/resolutions/1

-- 
The minute book of LPSA sent this because you are entitled to vote on it. Nobody reads answers to it.
`,
  });
});

it.each([
  ['America/New_York', '2026-01-15T22:00:00.000Z', 'Thursday, January 15, 2026 at 5:00 PM Eastern Standard Time'],
  ['America/New_York', '2026-06-30T21:30:00.000Z', 'Tuesday, June 30, 2026 at 5:30 PM Eastern Daylight Time'],
  ['Asia/Kathmandu', '2026-06-30T21:30:00.000Z', 'Wednesday, July 1, 2026 at 3:15 AM Nepal Time'],
  ['UTC', '2026-02-28T00:00:00.000Z', 'Saturday, February 28, 2026 at 12:00 AM Coordinated Universal Time'],
])('says the time with the name of its zone: %s', (timeZone, at, text) => {
  expect(momentText(at, timeZone)).toBe(text);
});

describe.each(mailingKinds)('mail of the kind %s', kind => {
  it('names the body, the title and the page, and why it came', () => {
    const { subject, text } = letterOf(notice({ kind }), letterhead, 'Jamie');
    for (const part of ['Board of Directors', 'Adoption of the plan', 'https://book.example.org/resolutions/1'])
      expect(text).toContain(part);
    expect(subject).toMatch(/^\[LPSA\] .+: Adoption of the plan$/);
    expect(text).toMatch(/sent this because you .+\./);
    if (kind !== 'outcome' && kind !== 'filing-due')
      expect(text).toContain('June 30, 2026 at 5:00 PM Eastern Daylight Time');
  });

  it('says of what is confidential that there is something, and no more', () => {
    const { subject, text } = letterOf(notice({ kind, title: null }), letterhead, 'Jamie');
    expect(subject).toContain('confidential matter of the Board of Directors');
    expect(text).toContain('It is confidential');
    expect(subject + text).not.toContain('Adoption');
  });

  it('has a subject of one line, whatever anything is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, name) => {
        const organisation = `Society\r\nBcc: x@test.example ${name}`;
        const { subject, text } = letterOf(
          notice({ kind, title: `A\r\nBcc: y ${title}` }),
          { ...letterhead, organisation },
          name,
        );
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(text.split('\n')[0]).toMatch(/^Dear .*,$/su);
      }),
    );
  });
});

it('does not say "the The" of a body', () => {
  expect(letterOf(notice(), { ...letterhead, body: 'The Assembly' }, 'J').text).toContain('The Assembly of LPSA');
});

it('leaves the page out where there is none', () => {
  const { text } = letterOf(
    notice({ kind: 'meeting-notice', link: null, details: ['Agenda:\n1. One'] }),
    letterhead,
    'J',
  );
  expect(text).toContain('\n\nAgenda:\n1. One\n\n-- \n');
});
