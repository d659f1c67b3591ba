/** What is due in a span of days, by the rules and what is on record. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { addYears } from '../../shared/core/calendar.ts';
import { filingIdOf, type Obligation } from '../../shared/core/filings/obligations.ts';
import { obligationsOf } from '../../shared/core/filings/obligationsOf.ts';
import { ValidationError } from '../../shared/errors.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { readFacts } from './readFacts.ts';

const notice = 'This is worked out by rules from what is on record. It is not legal advice.';

/** A span of so many years is worked out at once. */
const mostYears = 5;

export const listObligations = operation(
  obligationsRoutes.listObligations,
  async ({ query, now, nextAddress }, { records }) => {
    const { facts, today } = await readFacts(records, now);
    const from = query.from ?? today;
    const to = query.to ?? addYears(from, 1);
    if (to < from) throw wrongTo('The last day is before the first.');
    if (to > addYears(from, mostYears)) throw wrongTo(`Ask for ${mostYears} years at most at once.`);
    const list = `obligations#${from}#${to}`;
    const [after] = decodeCursor(list, query.cursor, 1) ?? [];
    const owed = obligationsOf({ ...facts, since: facts.since ?? '0001-01-01' }, { from, to });
    const left = after === undefined ? owed : owed.filter(one => placeOf(one) > after);
    const shown = left.slice(0, query.limit);
    const last = shown.at(-1);
    const next = left.length > shown.length && last !== undefined ? encodeCursor(list, [placeOf(last)]) : null;
    return {
      body: {
        notice,
        items: shown.map(one => ({ filingId: filingIdOf(one), ...one })),
        next: nextOf(next, nextAddress),
      },
    };
  },
);

/** In the order of `obligationsOf`. */
const placeOf = (obligation: Obligation) => `${obligation.due}#${filingIdOf(obligation)}`;

const wrongTo = (message: string) => new ValidationError([{ in: 'query', field: '/to', message }]);
