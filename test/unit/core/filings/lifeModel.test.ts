/** Whatever is recorded of a filing in whatever order: it never gets into an impossible state, and what was submitted never changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type PlainDate } from '../../../../shared/core/calendar.ts';
import { stepsTo } from '../../../../shared/core/filings/expected.ts';
import { filingRows } from '../../../../shared/core/filings/filingRows.ts';
import {
  dueOf,
  type Filing,
  filedOn,
  filingLists,
  isOpen,
  standing,
  stateOf,
} from '../../../../shared/core/filings/filings.ts';
import { assign, excuse, extend, move, prepare, review } from '../../../../shared/core/filings/life.ts';
import { answer, copiesOf, publishCopies, submit } from '../../../../shared/core/filings/submitting.ts';
import { listPartition } from '../../../../shared/core/records.ts';
import { StateConflictError, ValidationError } from '../../../../shared/errors.ts';
import { filingOf, obligationOf, paperOf } from '../../../support/filings.ts';

const today = '2024-06-20';
const id = 'us-irs-return~2023-12-31';
const at = '2024-06-20T12:00:00.000Z';
const why = { reason: 'So it is.', evidence: null };

type Command = (filing: Filing) => Filing;

/** Days around all that matters, of which some are still to come. */
const day = fc
  .oneof(
    { weight: 4, arbitrary: fc.integer({ min: -30, max: 36 }) },
    { weight: 1, arbitrary: fc.integer({ min: -90, max: 70 }) },
  )
  .map(days => addDays('2024-05-15', days));
const number = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 }));
const paper = fc.integer({ min: 1, max: 3 }).map(version => paperOf('paper', version));

const named = <Values extends unknown[]>(
  name: string,
  values: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  command: (...values: Values) => Command,
): fc.Arbitrary<{ readonly name: string; readonly run: Command }> =>
  fc.tuple(...(values as fc.Arbitrary<unknown>[])).map(drawn => ({
    name: `${name}(${drawn.map(value => JSON.stringify(value))})`,
    run: command(...(drawn as Values)),
  }));

const acts = {
  assign: named('assign', [fc.subarray(['a', 'b'])], people => filing => assign(filing, people)),
  prepare: named('prepare', [day], on => filing => prepare(filing, on, today)),
  review: named(
    'review',
    [day],
    on => filing => review(filing, { paper: paperOf('draft'), given: [{ personId: 'a', on }] }, today),
  ),
  extend: named(
    'extend',
    [day],
    askedOn => filing => extend(filing, { askedOn, confirmation: '1', evidence: null }, today),
  ),
  move: named('move', [day], due => filing => move(filing, { ...why, due })),
  submit: named(
    'submit',
    [fc.boolean(), day, paper],
    (amends, on, one) => filing =>
      submit(filing, { amends, form: null, on, by: 'a', way: 'mail', confirmation: null, papers: [one] }, today, at),
  ),
  answer: named(
    'answer',
    [number, fc.boolean(), day],
    (which, accepted, on) => filing => answer(filing, which, { accepted, on, note: null }, today),
  ),
  publish: named('publish', [number, paper], (which, one) => filing => publishCopies(filing, which, [one])),
  excuse: named('excuse', [], () => filing => excuse(filing, why)),
  lapse: named('lapse', [], () => filing => stepsTo([{ id, version: 1, data: filing }], [])[0]?.after ?? filing),
  renew: named(
    'renew',
    [day],
    due => filing =>
      stepsTo([{ id, version: 1, data: filing }], [obligationOf({ due, named: due })])[0]?.after ?? filing,
  ),
};

/** What is submitted, and answered, more often than the rest: there most can go wrong. */
const commands = fc.array(
  fc.oneof(...Object.values(acts), acts.submit, acts.submit, acts.submit, acts.answer, acts.answer),
  { maxLength: 30, size: 'max' },
);

/** So that a command that changes what it was given fails. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** Every state on the way, with the one before. */
function* walk(run: readonly { readonly run: Command }[]): Generator<readonly [Filing, Filing]> {
  let filing = frozen(filingOf());
  for (const command of run) {
    const before = filing;
    try {
      filing = frozen(command.run(filing));
    } catch (error) {
      if (!(error instanceof StateConflictError || error instanceof ValidationError)) throw error;
    }
    yield [before, filing];
  }
}

const submittedPart = ({ submissions }: Filing) =>
  submissions.map(({ answer: _, publicCopies: __, ...rest }) => JSON.stringify(rest));

const dates = (filing: Filing): PlainDate[] => [
  ...[filing.preparedSince, filing.extension?.askedOn].flatMap(date => date ?? []),
  ...(filing.review?.given.map(({ on }) => on) ?? []),
  ...filing.submissions.flatMap(one => [one.on, ...(one.answer === null ? [] : [one.answer.on])]),
];

describe('a filing, whatever is recorded', () => {
  it('keeps what was submitted as it was, each answer once given, and every later submission behind it', () => {
    fc.assert(
      fc.property(commands, run => {
        for (const [before, after] of walk(run)) {
          expect(submittedPart(after).slice(0, before.submissions.length)).toEqual(submittedPart(before));
          expect(after.submissions.length - before.submissions.length).toBeLessThanOrEqual(1);
          for (const [index, { answer: given }] of before.submissions.entries()) {
            if (given !== null) expect(after.submissions[index]?.answer).toEqual(given);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has one original that stands at most, and nothing that amends without it', () => {
    fc.assert(
      fc.property(commands, run => {
        for (const [, filing] of walk(run)) {
          const stands = standing(filing);
          expect(stands.map(({ amends }) => amends)).toEqual(stands.map((_, index) => index > 0));
          for (const [index, { amends, on, answer: given }] of filing.submissions.entries()) {
            const former = filing.submissions.slice(0, index);
            if (!amends) expect(former.every(one => one.answer?.accepted === false)).toBe(true);
            expect(former.every(one => one.on <= on)).toBe(true);
            if (given !== null) expect(given.on >= on).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is never both excused and filed, lies never in the future, and asks for time never too late', () => {
    fc.assert(
      fc.property(commands, run => {
        for (const [before, filing] of walk(run)) {
          if (filing.excuse !== null) expect(standing(filing)).toEqual([]);
          for (const date of dates(filing)) expect(date <= today).toBe(true);
          if (before.extension === null && filing.extension !== null) {
            expect(filing.extension.askedOn <= dueOf(before)).toBe(true);
            expect(dueOf(filing)).toBe(filing.obligation.extendable);
          }
          if (before.extension !== null) expect(filing.extension).toEqual(before.extension);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is in the state that its story tells', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(commands, run => {
        for (const [, filing] of walk(run)) {
          const last = filing.submissions.at(-1);
          const told =
            filing.excuse !== null
              ? 'excused'
              : last === undefined
                ? filing.review !== null
                  ? 'reviewed'
                  : filing.preparedSince !== null
                    ? 'preparing'
                    : 'expected'
                : last.answer === null
                  ? 'submitted'
                  : last.answer.accepted
                    ? 'accepted'
                    : 'rejected';
          expect(stateOf(filing)).toBe(told);
          expect(isOpen(filing)).toBe(filing.excuse === null && filedOn(filing) === null);
          seen.add(told);
        }
      }),
      { numRuns: 500 },
    );
    // Or the walks would prove little.
    expect(seen.size).toBe(7);
  });

  it('stands on the list of what is to be done while it is, once, and shows copies only of what stands', () => {
    fc.assert(
      fc.property(commands, run => {
        for (const [, filing] of walk(run)) {
          const rows = filingRows({ id, version: 1, data: filing }, at);
          const on = (list: string) => rows.filter(({ key }) => key.partition === listPartition(list));
          expect(on(filingLists.open).map(({ key }) => key.sort)).toEqual(
            isOpen(filing) ? [`${dueOf(filing)}#${id}`] : [],
          );
          expect(on(filingLists.ofYear(filing.obligation.due.slice(0, 4)))).toHaveLength(1);
          expect(on(filingLists.inspectable)).toHaveLength(standing(filing).length);
          expect(new Set(rows.map(({ key }) => `${key.partition}#${key.sort}`)).size).toBe(rows.length);
          const rejected = filing.submissions.filter(one => one.answer?.accepted === false);
          const shown = filing.submissions.filter(one => !rejected.includes(one)).flatMap(one => one.publicCopies);
          expect(copiesOf(filing)).toEqual(shown);
        }
      }),
      { numRuns: 500 },
    );
  });
});
