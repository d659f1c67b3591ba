// Minutes drafted from the record: everything that is known stands in them, and nothing else.
import { describe, expect, it } from 'vitest';
import { type DraftFacts, draftMinutes } from '../../../../shared/core/meetings/draft.ts';

const at = (time: string) => `2024-02-09T${time}:00.000Z`;
const facts: DraftFacts = {
  bodyName: 'Board of Directors',
  meeting: {
    bodyId: 'body',
    seriesId: null,
    title: 'February *meeting*',
    kind: 'special',
    startsAt: at('17:00'),
    endsAt: at('19:00'),
    timeZone: 'America/New_York',
    place: 'Library',
    remote: 'https://secret.example',
    isPublic: true,
    agenda: [
      { title: 'Budget', description: 'Not in here', resolutionId: null, documents: [] },
      { title: 'Next steps', description: '', resolutionId: null, documents: [] },
    ],
    guests: ['Guest One'],
    notice: {
      givenAt: at('12:00').replace('-09', '-07'),
      by: 'p',
      waiver: null,
      check: {
        source: 'Bylaws, article 5',
        period: { leastDays: 2, mostDays: null, counted: 'calendar' },
        holidays: 'none',
        givenOn: '2024-02-07',
        meetsOn: '2024-02-09',
        days: 2,
        inTime: true,
        firstDay: null,
        lastDay: '2024-02-07',
      },
    },
    cancelled: null,
    held: { openedAt: at('17:05'), closedAt: at('18:45') },
    revisedAt: at('18:45'),
  },
  attended: [
    { name: 'Ada', votes: true, spans: [{ from: at('17:00'), to: null, remote: false }] },
    {
      name: 'Ben',
      votes: true,
      spans: [
        { from: at('17:00'), to: at('17:30'), remote: true },
        { from: at('18:00'), to: null, remote: false },
      ],
    },
    { name: 'Cy', votes: false, spans: [{ from: at('17:00'), to: null, remote: false }] },
  ],
  absent: ['Dee'],
  quorum: [
    { at: at('17:05'), quorum: { needed: 2, present: 2, inOffice: 3, met: true } },
    { at: at('17:30'), quorum: { needed: 2, present: 1, inOffice: 3, met: false } },
  ],
  decisions: [
    {
      title: 'The budget',
      mover: 'Ada',
      seconder: 'Ben',
      recused: ['Dee'],
      counts: { yes: 2, no: 0, abstained: 1 },
      carried: true,
      number: '2024-003',
      explanation: ['3 votes were entitled and 3 took part.', 'So it was carried.'],
    },
    {
      title: 'The picnic',
      mover: 'Ben',
      seconder: null,
      recused: [],
      counts: null,
      carried: null,
      number: null,
      explanation: [],
    },
  ],
};

describe('a draft of minutes', () => {
  it('says all that the record knows, at the time on the wall', () => {
    expect(draftMinutes(facts)).toBe(`# Minutes: February \\*meeting\\*

Special meeting of Board of Directors on Friday, 9 February 2024. It was called to order at 12:05; all times are those of America/New_York. Place: Library.

Notice was given on 2024-02-07 at 07:00, 2 days before, in time by Bylaws, article 5.

## Present

- Ada: 12:00 to 13:45
- Ben: 12:00 to 12:30, remotely; 13:00 to 13:45
- Cy (without a vote): 12:00 to 13:45

## Absent

- Dee

## Guests

- Guest One

## Quorum

- From 12:05 on 2 of 3 votes in office were there; at least 2 had to be: a quorum.
- From 12:30 on 1 of 3 votes in office was there; at least 2 had to be: no quorum.

## Agenda

1. Budget
2. Next steps

## Decisions

### The budget (2024-003)

Moved by Ada, seconded by Ben.

Recused: Dee.

2 for, 0 against, 1 abstention.

- 3 votes were entitled and 3 took part.
- So it was carried.

**Carried** as number 2024-003 of the register.

### The picnic

Moved by Ben.

**Not decided** when this was drafted.

## Adjournment

The meeting was adjourned at 13:45.
`);
  });

  it('never tells how to take part from afar', () => {
    expect(draftMinutes(facts)).not.toContain('secret');
  });

  it('does not end a meeting that is under way', () => {
    const draft = draftMinutes({
      ...facts,
      meeting: { ...facts.meeting, notice: null, held: { openedAt: at('17:05'), closedAt: null } },
      decisions: [],
    });
    expect(draft).toContain('- Ada: 12:00 to now');
    expect(draft).toContain('No notice was given');
    expect(draft).toContain('Nothing was put to the vote.');
    expect(draft).not.toContain('Adjournment');
  });

  it('names 200 people of a large assembly, and counts the others', () => {
    const absent = Array.from({ length: 1000 }, (_, index) => `Member ${index}`);
    const draft = draftMinutes({ ...facts, absent });
    expect(draft).toContain('- Member 199\n- and 800 more');
    expect(draft).not.toContain('Member 200');
  });
});
