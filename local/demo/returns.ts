/** The returns of a demonstration book: one for every year that is over, those in the book's data and the later ones by its rule. */
import type { PlainDate } from '../../shared/core/calendar.ts';
import type { DemoBook } from './book.ts';
import type { DemoFilings } from './filingData.ts';
import { type DemoReturn, type DemoYear, printReturn, totalsOf } from './returnXml.ts';

/** What was, or is to be, filed for one calendar year. */
export interface DemoYearReturn {
  readonly year: string;
  readonly period: { readonly from: PlainDate; readonly to: PlainDate };
  /** In whole dollars. */
  readonly grossReceipts: number;
  readonly totalAssets: number;
  /** When the board got it. */
  readonly givenOn: PlainDate;
  readonly filedOn: PlainDate;
  readonly answeredOn: PlainDate;
  readonly file: ReturnFile;
  readonly amendment: ReturnFile | null;
}

export interface ReturnFile {
  readonly title: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Those of years that ended before that day, in their order. */
export function returnsOf(book: DemoBook, today: PlainDate): DemoYearReturn[] {
  const { filings, founding } = book;
  const { incorporatedOn } = founding.organisation;
  const made: DemoYearReturn[] = [];
  let [netAssets, liabilities] = [0, 0];
  for (let year = Number(incorporatedOn.slice(0, 4)); `${year}-12-31` < today; year++) {
    const name = String(year);
    const said = yearOf(filings, year);
    const first = made.length === 0;
    const period = { from: first ? incorporatedOn : `${name}-01-01`, to: `${name}-12-31` };
    const { extended, amended, returns } = filings;
    const days = extended.year === name ? extended : yearly(returns, year + 1);
    const start = { book, name, period, netAssets, liabilities, first };
    const isAmended = amended.year === name;
    made.push({
      year: name,
      period,
      grossReceipts: totalsOf(said).totalRevenue,
      totalAssets: netAssets + totalsOf(said).excess + said.liabilities,
      givenOn: days.given,
      filedOn: days.filed,
      answeredOn: days.answered,
      file: fileOf(start, isAmended ? { ...said, revenue: amended.first } : said, days.filed, null),
      amendment: isAmended ? fileOf(start, said, amended.filed, amended.reason) : null,
    });
    netAssets += totalsOf(said).excess;
    ({ liabilities } = said);
  }
  return made;
}

/** The days of an ordinary return. */
const yearly = ({ given, filed, answered }: DemoFilings['returns'], year: number) => ({
  given: `${year}-${given}`,
  filed: `${year}-${filed}`,
  answered: `${year}-${answered}`,
});

function yearOf({ years, later }: DemoFilings, year: number): DemoYear {
  const said = years[year] ?? years[later.like];
  if (said === undefined) throw new Error(`The demonstration book has no figures of ${later.like}.`);
  const after = years[year] === undefined ? year - Number(later.like) : 0;
  return {
    ...said,
    revenue: { ...said.revenue, contributions: said.revenue.contributions + after * later.contributions },
    expenses: { ...said.expenses, other: said.expenses.other + after * later.other },
  };
}

interface Start extends Pick<DemoReturn, 'period' | 'netAssets' | 'liabilities' | 'first'> {
  readonly book: DemoBook;
  readonly name: string;
}

/** @param reason for which it amends the one before; null for the first of its year. */
function fileOf(start: Start, year: DemoYear, signedOn: PlainDate, reason: string | null): ReturnFile {
  const { book, name, ...rest } = start;
  const { organisation } = book.founding;
  const { filings } = book;
  const short = (organisation.shortName ?? organisation.legalName).toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const bytes = printReturn({
    ...rest,
    name: organisation.legalName,
    ein: organisation.ein?.replaceAll('-', '') ?? '',
    website: organisation.website === null ? 'N/A' : new URL(organisation.website).host,
    mission: filings.mission,
    address: filings.address,
    phone: filings.phone,
    signedOn,
    officers: officersOn(book, rest.period.to),
    year,
    amended: reason !== null,
    explanations: [
      { about: 'Form 990-EZ', text: filings.note },
      ...(reason === null ? [] : [{ about: 'Form 990-EZ, amended return', text: reason }]),
    ],
  });
  const amended = reason === null ? '' : ', amended';
  return {
    title: `Return for ${name}, Form 990-EZ${amended} (demonstration data)`,
    name: `${short}-${name}-990-ez${reason === null ? '' : '-amended'}-demonstration.xml`,
    bytes,
  };
}

const titles: Readonly<Record<string, string>> = {
  chair: 'Chair',
  secretary: 'Secretary',
  treasurer: 'Treasurer',
  director: 'Director',
};

/** Who votes on the board on that day; the one who files first. */
function officersOn({ seats, people, filings }: DemoBook, day: PlainDate): DemoReturn['officers'] {
  return seats
    .filter(({ body, voting, from, to }) => body === 'board' && voting && from <= day && (to === null || day <= to))
    .toSorted((a, b) => Number(b.person === filings.keeper) - Number(a.person === filings.keeper))
    .map(({ person, office }) => ({
      name: people.find(({ key }) => key === person)?.name ?? '',
      title: titles[office] ?? 'Director',
      hours: office === 'director' ? 1 : 3,
    }));
}
