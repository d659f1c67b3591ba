/** Works out what an organisation owes from the rules of law and its own obligations. */
import { addDays, covers, type PlainDate, type Term } from '../calendar.ts';
import { type HolidayCalendar, isBusinessDay } from '../holidays.ts';
import type { Stored } from '../records.ts';
import type { Facts, OwnObligation } from './figures.ts';
import { fiscalYears, incorporationOf, profileOn } from './fiscalYears.ts';
import { formOf } from './formOf.ts';
import { addMonths, lastDayOfMonth, monthsBetween } from './months.ts';
import { filingIdOf, type Obligation, type Period } from './obligations.ts';
import { inEffect, type Rule, type RuleId } from './rules.ts';
import { usRules } from './usRules.ts';
import { usVirginiaRules } from './usVirginiaRules.ts';

export const rules: readonly Rule[] = [...usRules, ...usVirginiaRules];

/** No due date is moved by more days. */
const mostDaysMoved = 10;

/**
 * Every duty whose due date, as the rule has it, lies in the span; by due date, then by the identifier of its filing. None while
 * it is not recorded since when the book keeps filings.
 */
export function obligationsOf(facts: Facts, span: Period): Obligation[] {
  const { since } = facts;
  if (since === null) return [];
  const years = {
    'fiscal-year': fiscalYears(facts.organisation, span.to),
    'anniversary-year': anniversaries(facts, span.to),
  };
  const found = [
    ...rules.flatMap(rule =>
      ofRule(rule, years[rule.period], facts, span).filter(({ named }) => !isReplaced(rule.id, named, facts.own)),
    ),
    ...facts.own.flatMap(own => ofOwn(own, span)),
  ];
  return found
    .filter(({ period, due }) => period.to >= since && covers(span, due))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

const orderOf = (obligation: Obligation) => `${obligation.due}#${filingIdOf(obligation)}`;

/** The day itself when business is done on it, else the next on which it is (IRC 7503). */
export function moved(day: PlainDate, past: HolidayCalendar | null): PlainDate {
  if (past === null || isBusinessDay(day, past) || day === '9999-12-31') return day;
  return moved(addDays(day, 1), past);
}

/** The days that a rule gives for one period: as it names it, as moved, and as extended and then moved. */
export function daysOf(rule: Pick<Rule, 'due' | 'movesPast' | 'extensionMonths'>, period: Period) {
  const named = dueDay(rule, period);
  const { extensionMonths, movesPast } = rule;
  return {
    named,
    due: moved(named, movesPast),
    extendable: extensionMonths === null ? null : moved(addMonths(named, extensionMonths), movesPast),
  };
}

function dueDay({ due }: Pick<Rule, 'due'>, { to }: Period): PlainDate {
  if (due === 'end-of-period') return to;
  return `${addMonths(to, due.month).slice(0, 7)}-${String(due.day).padStart(2, '0')}`;
}

/** The edition of a rule that holds for a period that begins on that day. */
export const ruleOn = (id: RuleId, day: PlainDate): Rule | undefined =>
  rules.find(rule => rule.id === id && inEffect(rule, day));

function ofRule(rule: Rule, years: readonly Period[], facts: Facts, span: Period): Obligation[] {
  return years.flatMap((period, index) => {
    const { named, due, extendable } = daysOf(rule, period);
    if (!covers(span, due) || !inEffect(rule, period.from) || !holds(rule, facts, period)) return [];
    const form = formOf(rule.forms, years.slice(0, index + 1), facts.figures);
    return {
      ruleId: rule.id,
      title: rule.title,
      authority: rule.authority,
      explanation: rule.explanation,
      citation: rule.citation,
      period,
      form,
      named,
      due,
      // There is no extension for the notice (Form 8868 does not take it).
      extendable: form === '990-N' ? null : extendable,
      fee: rule.fees.find(fee => covers(fee, named))?.fee ?? null,
    };
  });
}

/** Years that end with the month of incorporation, in the years after it; the first begins on the day of incorporation. */
function anniversaries({ organisation }: Facts, until: PlainDate): Period[] {
  const incorporation = incorporationOf(organisation);
  const years: Period[] = [];
  for (let from = incorporation, count = 1; from <= until; count++) {
    const to = lastDayOfMonth(addMonths(`${incorporation.slice(0, 7)}-01`, 12 * count));
    years.push({ from, to });
    if (to === '9999-12-31') break;
    from = addDays(to, 1);
  }
  return years;
}

function holds({ conditions }: Rule, facts: Facts, { to }: Period): boolean {
  const { taxStatus, incorporatedIn, solicitsIn, unrelatedIncomeFrom } = conditions;
  const profile = profileOn(facts.organisation, to);
  if (profile === undefined) return false;
  if (taxStatus !== undefined && !profile.taxStatus?.startsWith(taxStatus)) return false;
  if (incorporatedIn !== undefined && profile.jurisdiction.code !== incorporatedIn) return false;
  if (solicitsIn !== undefined && !facts.solicitsIn.includes(solicitsIn)) return false;
  if (unrelatedIncomeFrom === undefined) return true;
  const income = facts.figures.get(to)?.unrelatedIncome;
  return income?.currency === unrelatedIncomeFrom.currency && income.amount >= unrelatedIncomeFrom.amount;
}

const termOf = ({ from, to }: OwnObligation): Term => ({ from, to });

/** For good, or from one day to another, an own obligation can take the place of a rule: an authority may set other dates. */
const isReplaced = (id: RuleId, named: PlainDate, own: Facts['own']) =>
  own.some(({ data }) => data.replaces === id && covers(termOf(data), named));

/**
 * What is owed again is due on the same day of the month as the first time, and on the last day of a month that has no such day:
 * 31 January, 28 February, 31 March. What is due on 29 February is due on 28 February of other years.
 */
function ofOwn({ id, data }: Stored<OwnObligation>, span: Period): Obligation[] {
  const { firstDue, everyMonths } = data;
  const found: Obligation[] = [];
  const start = addDays(span.from, -mostDaysMoved);
  const skipped = everyMonths === null ? 0 : Math.max(0, Math.floor(monthsBetween(firstDue, start) / everyMonths));
  for (let count = skipped; ; count++) {
    const named = everyMonths === null ? firstDue : addMonths(firstDue, count * everyMonths);
    if (named > span.to) break;
    if (covers(termOf(data), named)) found.push(ownDuty(id, data, named, count));
    if (everyMonths === null || named === '9999-12-31') break;
  }
  return found;
}

function ownDuty(id: string, data: OwnObligation, named: PlainDate, count: number): Obligation {
  const { title, authority, explanation, citation, firstDue, everyMonths, movesPast, fee, replaces } = data;
  const from = everyMonths === null ? named : addDays(addMonths(firstDue, (count - 1) * everyMonths), 1);
  return {
    ruleId: id,
    title,
    authority,
    explanation,
    citation,
    period: { from, to: named },
    form: formReplaced(replaces),
    named,
    due: moved(named, movesPast),
    extendable: null,
    fee,
  };
}

/** What takes the place of a rule with one form asks for the same form. */
function formReplaced(replaces: RuleId | null): Obligation['form'] {
  const forms = rules.find(({ id }) => id === replaces)?.forms;
  return forms !== undefined && 'always' in forms ? forms.always : null;
}
