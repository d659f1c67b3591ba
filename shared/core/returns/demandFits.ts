/** Tells whether a return is the one that was asked for: whose, for which period, on which form. */
import type { Form, Period } from '../filings/obligations.ts';
import type { ReturnContent, ReturnType, Unreadable } from './returns.ts';

/** What a filing asks for. */
export interface Demand {
  /** Those that the organisation has had, the present one last, as it writes them, such as `12-3456789`. */
  readonly eins: readonly string[];
  readonly period: Pick<Period, 'from' | 'to'>;
  /** Null is not asked. */
  readonly form: Form | null;
}

const typeOf: { readonly [Name in Form]?: ReturnType } = {
  '990': '990',
  '990-EZ': '990EZ',
  '990-PF': '990PF',
  '990-T': '990T',
};

/** So much of a name is told: a sentence is not as long as a file may be. */
const mostOfName = 200;

/** @returns a sentence for each that is another one; none when it is the return that was asked for. */
export function demandFits(content: ReturnContent, { eins, period, form }: Demand): readonly Unreadable[] {
  const header = '/Return/ReturnHeader';
  const problems: Unreadable[] = [];
  const check = (fits: boolean, field: string, message: string) => {
    if (!fits) problems.push({ field: `${header}/${field}`, message });
  };
  const asked = eins.map(ein => ein.replace('-', ''));
  check(
    asked.includes(content.ein),
    'Filer/EIN',
    `Send the return of ${asked.at(-1)}: this one is of ${content.ein}, ${content.name.slice(0, mostOfName)}.`,
  );
  check(
    content.period.from === period.from,
    'TaxPeriodBeginDt',
    `Send the return for the period from ${period.from} to ${period.to}: this one begins on ${content.period.from}.`,
  );
  check(
    content.period.to === period.to,
    'TaxPeriodEndDt',
    `Send the return for the period from ${period.from} to ${period.to}: this one ends on ${content.period.to}.`,
  );
  check(
    form === null || typeOf[form] === content.type,
    'ReturnTypeCd',
    `Send Form ${form}: this is a return of type ${content.type}. If another form was filed, say so in the filing first.`,
  );
  return problems;
}
