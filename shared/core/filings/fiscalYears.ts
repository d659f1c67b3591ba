/** The fiscal years of an organisation, as they follow from its profile. */
import { addDays, addYears, type PlainDate } from '../calendar.ts';
import { type History, inForce } from '../history.ts';
import type { Profile } from '../organisation.ts';
import { addMonths, lastDayOfMonth } from './months.ts';
import type { Period } from './obligations.ts';

type Profiles = History<Pick<Profile, 'fiscalYearEnd' | 'incorporatedOn'>>;

/** No date lies behind it. */
const lastDate: PlainDate = '9999-12-31';

/** An organisation is incorporated once: what was recorded last corrects what was recorded before. */
export const incorporationOf = (organisation: Profiles): PlainDate => organisation.at(-1)?.incorporatedOn ?? lastDate;

/** The facts in force on that day; the first known ones hold for all days before, too. */
export const profileOn = <P>(organisation: History<P>, day: PlainDate) => inForce(organisation, day) ?? organisation[0];

/**
 * Every fiscal year that begins on or before the day, from the first on, without gaps. The first begins on the day of
 * incorporation. One ends on the first day that is the fiscal year end of the profile in force on that very day, and after
 * twelve months at the latest: so the first, and the one in which the fiscal year end changes, may be shorter (IRC 441(b), (e), 443).
 */
export function fiscalYears(organisation: Profiles, until: PlainDate): Period[] {
  const years: Period[] = [];
  for (let from = incorporationOf(organisation); from <= until; ) {
    const to = endOf(organisation, from);
    years.push({ from, to });
    if (to === lastDate) break;
    from = addDays(to, 1);
  }
  return years;
}

function endOf(organisation: Profiles, from: PlainDate): PlainDate {
  const latest = latestEnd(from);
  for (let end = lastDayOfMonth(from); end < latest; end = lastDayOfMonth(addMonths(end, 1))) {
    // Fiscal years end on the last days of months: the month tells, and 02-28 means 29 February in a leap year.
    if (profileOn(organisation, end)?.fiscalYearEnd.slice(0, 2) === end.slice(5, 7)) return end;
  }
  return latest;
}

/** The last day of a month within twelve months: no taxable year is longer (26 CFR 1.441-1(a)(2)). */
function latestEnd(from: PlainDate): PlainDate {
  if (from >= '9999') return lastDate;
  const last = addDays(addYears(from, 1), -1);
  return last === lastDayOfMonth(last) ? last : addDays(`${last.slice(0, 7)}-01`, -1);
}
