/** The life of a filing: what can be recorded of it when, and what is refused in which words. */
import { describe, expect, it } from 'vitest';
import { dueOf, type Filing, filedOn, isOpen, stateOf } from '../../../../shared/core/filings/filings.ts';
import { assign, excuse, extend, move, prepare, review } from '../../../../shared/core/filings/life.ts';
import { askUntil, daysLeft, statusOf } from '../../../../shared/core/filings/standing.ts';
import {
  answer,
  copiesOf,
  mostSubmissions,
  publishCopies,
  type Submitted,
  submit,
} from '../../../../shared/core/filings/submitting.ts';
import { StateConflictError, ValidationError } from '../../../../shared/errors.ts';
import { filingOf, obligationOf, paperOf } from '../../../support/filings.ts';

const today = '2024-06-20';
const at = '2024-06-20T12:00:00.000Z';
const expected = filingOf();

const sent = (more: Partial<Submitted> = {}): Submitted => ({
  amends: false,
  form: null,
  on: '2024-05-10',
  by: 'Somebody',
  way: 'electronic',
  confirmation: null,
  papers: [paperOf('return')],
  ...more,
});
const submitted = submit(expected, sent(), today, at);
const rejected = answer(submitted, 1, { accepted: false, on: '2024-05-12', note: 'The EIN.' }, today);
const accepted = answer(submitted, 1, { accepted: true, on: '2024-05-12', note: null }, today);
const amended = submit(accepted, sent({ amends: true, on: '2024-06-01', papers: [paperOf('amended')] }), today, at);
const excused = excuse(expected, { reason: 'Dissolved.', evidence: null });
const asked = { askedOn: '2024-05-15', confirmation: '42', evidence: null };
const extended = extend(expected, asked, today);
const why = { reason: 'A notice.', evidence: null };

/** What is refused for its state. */
const conflict = (act: () => Filing, words: RegExp) => {
  expect(act).toThrow(StateConflictError);
  expect(act).toThrow(words);
};
/** What is refused for a field. */
const wrong = (act: () => Filing, field: string, words: RegExp) => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
    const [first] = (error as ValidationError).fields;
    expect(first?.field).toBe(field);
    expect(first?.message).toMatch(words);
    return;
  }
  throw new Error('It was not refused');
};

describe('a filing', () => {
  it('goes from expected to accepted, and may be amended', () => {
    const prepared = prepare(expected, '2024-03-01', today);
    const reviewed = review(prepared, { paper: paperOf('draft'), given: [{ personId: 'a', on: '2024-05-01' }] }, today);
    const filed = submit(reviewed, sent(), today, at);
    const states = [expected, prepared, reviewed, filed, accepted, amended, rejected, excused].map(stateOf);
    expect(states).toEqual([
      'expected',
      'preparing',
      'reviewed',
      'submitted',
      'accepted',
      'submitted',
      'rejected',
      'excused',
    ]);
  });

  it('is open until it is filed, and again when that was rejected', () => {
    expect([expected, extended, submitted, accepted, rejected, excused].map(isOpen)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it('was filed when what stands was first submitted', () => {
    expect([expected, submitted, amended, rejected].map(filedOn)).toEqual([null, '2024-05-10', '2024-05-10', null]);
    const again = submit(rejected, sent({ on: '2024-05-20' }), today, at);
    expect(filedOn(again)).toBe('2024-05-20');
  });
});

describe('who sees to it', () => {
  it('can be said until it is excused, also once it is filed', () => {
    expect(assign(accepted, ['a', 'b']).responsible).toEqual(['a', 'b']);
    conflict(() => assign(excused, ['a']), /need not be filed/);
    wrong(() => assign(expected, ['a', 'a']), '/responsible', /once/);
  });
});

describe('a preparation', () => {
  it('begins once, on a day that has come and is not long before the period', () => {
    const prepared = prepare(expected, '2024-03-01', today);
    conflict(() => prepare(prepared, today, today), /since 2024-03-01/);
    conflict(() => prepare(submitted, today, today), /filed on 2024-05-10/);
    wrong(() => prepare(expected, '2024-06-21', today), '/on', /still to come/);
    wrong(() => prepare(expected, '2020-12-31', today), '/on', /years before 2023-01-01/);
    expect(prepare(expected, '2021-01-01', today).preparedSince).toBe('2021-01-01');
  });

  it('takes back that something is excused, with what was recorded of it', () => {
    const again = prepare(excuse(prepare(expected, '2024-03-01', today), why), today, today);
    expect(again).toMatchObject({ excuse: null, preparedSince: '2024-03-01' });
  });

  it('goes on after a rejection', () => {
    expect(prepare(rejected, today, today).preparedSince).toBe(today);
  });
});

describe('a review', () => {
  const given = (on: string, personId = 'a') => ({ personId, on });
  const paper = paperOf('draft');

  it('names who got the return by the day on which it was filed, also afterwards', () => {
    expect(review(accepted, { paper, given: [given('2024-05-10')] }, today).review?.given).toHaveLength(1);
    wrong(() => review(accepted, { paper, given: [given('2024-05-11')] }, today), '/given/0/on', /filed on 2024-05-10/);
  });

  it('names nobody twice, and no day that is still to come', () => {
    const twice = { paper, given: [given('2024-05-01'), given('2024-05-02')] };
    wrong(() => review(expected, twice, today), '/given/1/personId', /once/);
    const late = { paper, given: [given('2024-05-01'), given('2024-07-01', 'b')] };
    wrong(() => review(expected, late, today), '/given/1/on', /still to come/);
    conflict(() => review(excused, twice, today), /need not be filed/);
  });

  it('takes the place of the one before', () => {
    const once = review(expected, { paper, given: [given('2024-05-01')] }, today);
    const second = { paper: paperOf('second draft'), given: [given('2024-05-03', 'b')] };
    expect(review(once, second, today).review).toEqual(second);
  });
});

describe('an extension', () => {
  it('lasts as long as the rule has it, when it was asked for on the due date at the latest', () => {
    expect(dueOf(extended)).toBe('2024-11-15');
    wrong(() => extend(expected, { ...asked, askedOn: '2024-05-16' }, today), '/askedOn', /due on 2024-05-15/);
    wrong(() => extend(expected, { ...asked, askedOn: '2024-06-21' }, today), '/askedOn', /still to come/);
  });

  it('is had once, and never for Form 990-N, nor where there is none', () => {
    conflict(() => extend(extended, asked, today), /asked for on 2024-05-15 already/);
    for (const more of [{ form: '990-N' as const }, { extendable: null }]) {
      conflict(() => extend(filingOf({ obligation: obligationOf(more) }), asked, today), /no extension/);
    }
    conflict(() => extend(excused, asked, today), /need not be filed/);
  });

  it('counts for nothing when it was Form 990-N that was filed, and counts again when that was rejected', () => {
    const open = extend(filingOf({ obligation: obligationOf({ ruleId: 'us-irs-return', form: null }) }), asked, today);
    expect(dueOf(open)).toBe('2024-11-15');
    const notice = submit(open, sent({ form: '990-N', on: '2024-06-01' }), today, at);
    expect(dueOf(notice)).toBe('2024-05-15');
    expect(dueOf(submit(open, sent({ form: '990-EZ', on: '2024-06-01' }), today, at))).toBe('2024-11-15');
    expect(dueOf(answer(notice, 1, { accepted: false, on: '2024-06-02', note: null }, today))).toBe('2024-11-15');
    conflict(() => extend({ ...notice, extension: null }, asked, today), /no extension/);
  });

  it('has its evidence: a number or a document', () => {
    wrong(() => extend(expected, { ...asked, confirmation: null }, today), '/evidence', /shows it/);
    const shown = extend(expected, { ...asked, confirmation: null, evidence: paperOf('8868') }, today);
    expect(shown.extension?.evidence).toEqual(paperOf('8868'));
  });

  it('can be recorded after the filing, when it was asked for before', () => {
    const late = submit(expected, sent({ on: '2024-06-01' }), today, at);
    expect(dueOf(extend(late, asked, today))).toBe('2024-11-15');
    const before = submit(expected, sent({ on: '2024-05-01' }), today, at);
    wrong(() => extend(before, asked, today), '/askedOn', /filed on 2024-05-01/);
  });

  it('may be asked for until a later day that the authority set', () => {
    const moved = move(expected, { ...why, due: '2024-06-17' });
    expect(dueOf(extend(moved, { ...asked, askedOn: '2024-06-17' }, today))).toBe('2024-11-15');
    conflict(() => extend(move(expected, { ...why, due: '2024-11-15' }), asked, today), /would last until 2024-11-15/);
  });
});

describe('a day that the authority sets', () => {
  it('takes the place of the one before, of an extension too', () => {
    const moved = move(expected, { ...why, due: '2024-06-17' });
    expect([moved, move(moved, { ...why, due: '2024-04-01' })].map(dueOf)).toEqual(['2024-06-17', '2024-04-01']);
    expect(dueOf(move(extended, { ...why, due: '2025-02-03' }))).toBe('2025-02-03');
  });

  it('is another one, and within three years', () => {
    wrong(() => move(expected, { ...why, due: '2024-05-15' }), '/due', /already/);
    wrong(() => move(expected, { ...why, due: '2027-05-16' }), '/due', /years away/);
    wrong(() => move(expected, { ...why, due: '2021-05-14' }), '/due', /years away/);
    conflict(() => move(excused, { ...why, due: '2024-06-17' }), /need not be filed/);
  });
});

describe('a submission', () => {
  it('is the original once, and again only after a rejection', () => {
    conflict(() => submit(submitted, sent(), today, at), /filed on 2024-05-10.*amends/);
    conflict(() => submit(accepted, sent(), today, at), /amends/);
    expect(submit(rejected, sent({ on: '2024-05-12' }), today, at).submissions).toHaveLength(2);
    wrong(() => submit(rejected, sent({ on: '2024-05-11' }), today, at), '/on', /before 2024-05-12/);
  });

  it('amends only what stands', () => {
    expect(stateOf(amended)).toBe('submitted');
    conflict(() => submit(expected, sent({ amends: true }), today, at), /nothing to amend/);
    conflict(() => submit(rejected, sent({ amends: true }), today, at), /nothing to amend/);
    wrong(() => submit(accepted, sent({ amends: true, on: '2024-05-09' }), today, at), '/on', /before 2024-05-10/);
  });

  it('has happened, and not years before', () => {
    wrong(() => submit(expected, sent({ on: '2024-06-21' }), today, at), '/on', /still to come/);
    wrong(() => submit(expected, sent({ on: '2020-12-31' }), today, at), '/on', /years before/);
    conflict(() => submit(excused, sent(), today, at), /need not be filed/);
  });

  it('is of the form that is owed, of any annual return, or of none where there is none', () => {
    const formOf = (owed: Parameters<typeof obligationOf>[0], form: Submitted['form']) =>
      submit(filingOf({ obligation: obligationOf(owed) }), sent({ form }), today, at).submissions[0]?.form;
    expect(formOf({}, null)).toBe('990-EZ');
    expect(formOf({}, '990')).toBe('990');
    expect(formOf({ ruleId: 'us-va-102', form: 'va-102' }, null)).toBe('va-102');
    expect(formOf({ ruleId: 'grant', form: null }, null)).toBeNull();
    const refused = (owed: Parameters<typeof obligationOf>[0], form: Submitted['form'], words: RegExp) =>
      wrong(() => submit(filingOf({ obligation: obligationOf(owed) }), sent({ form }), today, at), '/form', words);
    refused({ form: null }, null, /which annual return/);
    refused({}, '990-T', /which annual return/);
    refused({ ruleId: 'us-va-102', form: 'va-102' }, '990', /owed is va-102/);
    refused({ ruleId: 'grant', form: null }, '990', /no form/);
  });

  it('is one of so many at most', () => {
    let filing = accepted;
    for (let count = 1; count < mostSubmissions; count++) filing = submit(filing, sent({ amends: true }), today, at);
    conflict(() => submit(filing, sent({ amends: true }), today, at), /20 submissions/);
  });
});

describe('an answer', () => {
  it('is given once to each, not before the submission and not in the future', () => {
    conflict(() => answer(accepted, 1, { accepted: false, on: today, note: null }, today), /2024-05-12 is on record/);
    wrong(
      () => answer(submitted, 1, { accepted: true, on: '2024-05-09', note: null }, today),
      '/on',
      /2024-05-10, after/,
    );
    wrong(() => answer(submitted, 1, { accepted: true, on: '2024-06-21', note: null }, today), '/on', /still to come/);
    wrong(() => answer(submitted, 2, { accepted: true, on: today, note: null }, today), '/submission', /1 of them/);
    wrong(() => answer(expected, 1, { accepted: true, on: today, note: null }, today), '/submission', /none yet/);
  });

  it('rejects nothing that something which may stand amends', () => {
    const both = submit(submitted, sent({ amends: true, on: '2024-06-01' }), today, at);
    const no = { accepted: false, on: today, note: null };
    conflict(() => answer(both, 1, no, today), /amends it/);
    const later = answer(both, 2, no, today);
    expect(stateOf(answer(later, 1, no, today))).toBe('rejected');
    expect(answer(both, 1, { ...no, accepted: true }, today).submissions[0]?.answer?.accepted).toBe(true);
  });
});

describe('public copies', () => {
  it('are those of what stands: a rejection takes them back', () => {
    const copies = [paperOf('copy')];
    const open = publishCopies(submitted, 1, copies);
    expect(copiesOf(open)).toEqual(copies);
    expect(copiesOf(answer(open, 1, { accepted: false, on: today, note: null }, today))).toEqual([]);
    expect(copiesOf(publishCopies(open, 1, []))).toEqual([]);
    conflict(() => publishCopies(rejected, 1, copies), /rejected/);
    wrong(() => publishCopies(submitted, 2, copies), '/submission', /No submission/);
  });
});

describe('an excuse', () => {
  it('is for what nothing stands of, and once', () => {
    expect(stateOf(excuse(rejected, why))).toBe('excused');
    conflict(() => excuse(submitted, why), /filed on 2024-05-10/);
    conflict(() => excuse(excused, why), /already/);
  });
});

describe('in the calendar', () => {
  it.each([
    ['due', expected, '2024-05-15', 0, '2024-05-15'],
    ['overdue', expected, '2024-05-16', null, null],
    ['due', extended, '2024-11-14', 1, null],
    ['done', submitted, '2024-05-16', null, null],
    ['overdue', rejected, '2024-05-16', null, null],
    ['excused', excused, '2024-05-16', null, null],
    ['due', filingOf({ obligation: obligationOf({ form: '990-N' }) }), '2024-05-01', 14, null],
  ] as const)('is %s', (status, filing, day, left, ask) => {
    expect([statusOf(filing, day), daysLeft(filing, day), askUntil(filing, day)]).toEqual([status, left, ask]);
  });
});
