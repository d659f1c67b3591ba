/** What people record of a filing before it is submitted, or in its place: who sees to it, its preparation and review, its due date. */
import { StateConflictError, wrongField } from '../../errors.ts';
import { addYears, type PlainDate } from '../calendar.ts';
import {
  dueOf,
  type Excuse,
  type Extension,
  type Filing,
  filedOn,
  isNotice,
  isOpen,
  type Moved,
  type Review,
} from './filings.ts';

/** So many members of the governing body can have got a return. */
export const mostGiven = 100;

/** @throws {StateConflictError} it need not be filed. */
export function assign(filing: Filing, responsible: readonly string[]): Filing {
  demandOwed(filing);
  if (new Set(responsible).size < responsible.length) throw wrongField('/responsible', 'Name each person once.');
  return { ...filing, responsible };
}

/**
 * Somebody has begun; also with what was excused, when it is owed after all.
 * @throws {StateConflictError} it is filed, or in preparation already.
 */
export function prepare(filing: Filing, on: PlainDate, today: PlainDate): Filing {
  const { preparedSince, excuse } = filing;
  demandUnfiled(filing);
  if (preparedSince !== null && excuse === null) {
    throw new StateConflictError(`It has been in preparation since ${preparedSince}.`);
  }
  demandDay('/on', on, filing, today);
  return { ...filing, preparedSince: preparedSince ?? on, excuse: null };
}

/**
 * Who of the governing body got the return before it was filed (Form 990, Part VI, line 11a). A later review takes the place of the one
 * before; what was forgotten can be recorded after the filing.
 * @throws {StateConflictError} it need not be filed.
 */
export function review(filing: Filing, { paper, given }: Review, today: PlainDate): Filing {
  demandOwed(filing);
  const filed = filedOn(filing);
  for (const [index, { personId, on }] of given.entries()) {
    const field = `/given/${index}`;
    if (given.findIndex(one => one.personId === personId) < index) {
      throw wrongField(`${field}/personId`, 'Name each person once.');
    }
    demandDay(`${field}/on`, on, filing, today);
    if (filed !== null && on > filed) {
      throw wrongField(`${field}/on`, `It was filed on ${filed}: the review is of those who got it by then.`);
    }
  }
  return { ...filing, review: { paper, given } };
}

/**
 * More time was asked for (Form 8868 and its like). Who forgot to record it can do so after the filing.
 * @throws {StateConflictError} there is no more time to ask for, or it was asked for already.
 */
export function extend(filing: Filing, asked: Omit<Extension, 'until'>, today: PlainDate): Filing {
  demandOwed(filing);
  const { obligation, extension } = filing;
  const [due, filed] = [dueOf(filing), filedOn(filing)];
  if (extension !== null) {
    throw new StateConflictError(`More time was asked for on ${extension.askedOn} already, and can be only once.`);
  }
  if (isNotice(filing) || obligation.extendable === null) {
    throw new StateConflictError('There is no extension for it: it is due on the day that the rule names.');
  }
  if (obligation.extendable <= due) {
    throw new StateConflictError(`An extension would last until ${obligation.extendable}, and it is due on ${due}.`);
  }
  demandDay('/askedOn', asked.askedOn, filing, today);
  if (asked.askedOn > due) {
    throw wrongField('/askedOn', `It was due on ${due}: more time has to be asked for on that day at the latest.`);
  }
  if (filed !== null && asked.askedOn > filed) throw wrongField('/askedOn', `It was filed on ${filed}, before that.`);
  if (asked.confirmation === null && asked.evidence === null) {
    throw wrongField('/evidence', 'Name a document that shows it, or the confirmation number.');
  }
  return { ...filing, extension: { ...asked, until: obligation.extendable } };
}

/**
 * The authority set another last day. A later one takes the place of the one before.
 * @throws {StateConflictError} it need not be filed.
 */
export function move(filing: Filing, moved: Omit<Moved, 'afterExtension'>): Filing {
  demandOwed(filing);
  const { due } = filing.obligation;
  if (moved.due < addYears(due, -movableYears) || moved.due > addYears(due, movableYears)) {
    throw wrongField('/due', `Is years away from ${due}, the day that the rule names.`);
  }
  if (moved.due === dueOf(filing)) throw wrongField('/due', 'It is due on that day already.');
  return { ...filing, moved: { ...moved, afterExtension: filing.extension !== null } };
}

/** No authority moves a date further. */
const movableYears = 3;

/**
 * It need not be filed after all.
 * @throws {StateConflictError} it is filed, or excused already.
 */
export function excuse(filing: Filing, why: Omit<Excuse, 'lapsed'>): Filing {
  if (filing.excuse !== null) throw new StateConflictError('It is excused already.');
  demandUnfiled(filing);
  return { ...filing, excuse: { ...why, lapsed: false } };
}

/** @throws {StateConflictError} */
export function demandOwed({ excuse: excused }: Filing): void {
  if (excused === null) return;
  throw new StateConflictError(
    'It is recorded that this need not be filed. If it is owed after all, record first that it is being prepared.',
  );
}

function demandUnfiled(filing: Filing): void {
  if (isOpen(filing) || filing.excuse !== null) return;
  throw new StateConflictError(`It was filed on ${filedOn(filing)}.`);
}

/**
 * Refuses what cannot have happened.
 * @param field of the body.
 * @throws {ValidationError} the day is still to come, or lies long before the period.
 */
export function demandDay(field: string, day: PlainDate, { obligation }: Filing, today: PlainDate): void {
  if (day > today) throw wrongField(field, `Is still to come: today is ${today}.`);
  const { from } = obligation.period;
  if (day < addYears(from, -yearsAhead)) throw wrongField(field, `Is years before ${from}, when the period begins.`);
}

/** Nobody sees to a filing earlier, in years before its period. */
const yearsAhead = 2;
