/** The rows of a filing: in the year of its due date, among what is to be done, among the annual returns, and among what anyone may inspect. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { type Row, rowKey, type Stored } from '../records.ts';
import { dueOf, type Filing, type FilingState, filedOn, filingLists, isOpen, stateOf } from './filings.ts';
import { annualReturn, inspectableUntil } from './inspection.ts';
import type { Form, Period } from './obligations.ts';
import { isExtendable } from './standing.ts';

/** What lists show. */
export interface FilingCard {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly authority: string;
  readonly period: Period;
  readonly form: Form | null;
  /** The last day, as the rule has it. */
  readonly ruleDue: PlainDate;
  /** As things stand. */
  readonly due: PlainDate;
  /** More time can be asked for until it is due. */
  readonly isExtendable: boolean;
  readonly state: FilingState;
  /** Neither filed nor excused. */
  readonly isOpen: boolean;
  readonly filedOn: PlainDate | null;
  readonly revisedAt: Instant;
}

/** What the list of the inspectable shows of a submission. */
export interface InspectableCard {
  readonly filingId: string;
  /** From 1. */
  readonly submission: number;
  readonly until: PlainDate;
}

export function cardOf({ id, version, data }: Stored<Filing>, revisedAt: Instant): FilingCard {
  const { title, authority, period, form, due } = data.obligation;
  return {
    ...{ id, version, title, authority, period, form },
    ruleDue: due,
    due: dueOf(data),
    isExtendable: isExtendable(data),
    state: stateOf(data),
    isOpen: isOpen(data),
    filedOn: filedOn(data),
    revisedAt,
  };
}

/** @param revisedAt when it last changed. */
export function filingRows(filing: Stored<Filing>, revisedAt: Instant): Row[] {
  const { id, data } = filing;
  const card = cardOf(filing, revisedAt) as unknown as JsonObject;
  const { due } = data.obligation;
  return [
    { key: rowKey(filingLists.ofYear(due.slice(0, 4)), `${due}#${id}`), card },
    ...(isOpen(data) ? [{ key: rowKey(filingLists.open, `${dueOf(data)}#${id}`), card }] : []),
    ...(data.obligation.ruleId === annualReturn
      ? [{ key: rowKey(filingLists.annualReturns, data.obligation.period.to), card: { id } }]
      : []),
    ...inspectableRows(filing),
  ];
}

/** One for each submission. */
function inspectableRows({ id, data }: Stored<Filing>): Row[] {
  return data.submissions.flatMap((_, index) => {
    const until = inspectableUntil(data, index);
    if (until === null) return [];
    const card: InspectableCard = { filingId: id, submission: index + 1, until };
    const sort = `${until}#${id}#${String(index + 1).padStart(2, '0')}`;
    return [{ key: rowKey(filingLists.inspectable, sort), card: card as unknown as JsonObject }];
  });
}
