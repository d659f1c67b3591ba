// Random documents in random circumstances around the end of their retention, and a naive opinion on what must stay.
import fc from 'fast-check';
import {
  type ArchivedDocument,
  accessLevels,
  type DocumentKind,
  documentKinds,
  type References,
} from '../../../../shared/core/archive/documents.ts';
import {
  type Circumstances,
  type HoldScope,
  type Rule,
  type Rules,
  triggers,
} from '../../../../shared/core/archive/retention.ts';
import { anyTerm } from '../days.ts';
import { archived, facts } from './archived.ts';

export const id = 'document';

/** Half past ten in UTC is the same date in all of these zones, the whole year. */
const zones = ['UTC', 'America/New_York', 'Pacific/Honolulu', 'Pacific/Auckland', 'Asia/Kathmandu'];
export const anyZone: fc.Arbitrary<string> = fc.constantFrom(...zones);

/** The date in some time zone, put together from what the time zone itself says. */
export function wallDate(timeZone: string, at: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...digits });
  formats.set(timeZone, format);
  const parts = format.formatToParts(new Date(at));
  return ['year', 'month', 'day'].map(type => parts.find(part => part.type === type)?.value).join('-');
}

const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

export const rulesOf = (rule: Rule): Rules =>
  Object.fromEntries(documentKinds.map(kind => [kind, rule])) as Record<DocumentKind, Rule>;

export const anyRule: fc.Arbitrary<Rule> = fc.record({
  years: fc.constantFrom(null, 0, 1, 1, 4),
  from: fc.constantFrom(...triggers),
  basis: fc.constantFrom('A statute.', 'A policy.'),
});

const anyPeriod = anyTerm.map(({ from, to }) => ({ from, to: to ?? from }));
export const anyScope: fc.Arbitrary<HoldScope> = fc.record({
  documentIds: fc.subarray([id, 'another']),
  bodyIds: fc.subarray(['committee', 'board']),
  period: fc.option(anyPeriod),
});

/** Sealed in February or March 2024, for the first time then or in January, or not at all. */
export const anyDocument: fc.Arbitrary<ArchivedDocument> = fc
  .record({
    access: fc.constantFrom(...accessLevels),
    period: fc.option(anyPeriod),
    bodyId: fc.constantFrom(null, 'committee'),
    kind: fc.constantFrom(...documentKinds),
    sealedOn: fc.option(
      anyTerm.map(({ from }) => from),
      { freq: 8 },
    ),
    isFirst: fc.boolean(),
    keepUntil: fc.option(fc.constantFrom('2024-03-01', '2025-03-02', '2028-12-31'), { freq: 2 }),
  })
  .map(({ access, period, bodyId, kind, sealedOn, isFirst, keepUntil }) => {
    const { latest } = archived();
    const sealed = latest === null || sealedOn === null ? null : { ...latest, sealedAt: `${sealedOn}T10:30:00.000Z` };
    const firstSealedAt = sealed === null ? null : isFirst ? sealed.sealedAt : '2024-01-31T10:30:00.000Z';
    return archived({ facts: { ...facts, kind, period, bodyId }, access, latest: sealed, firstSealedAt, keepUntil });
  });

/** Any hour of some day in February or March of the years from 2024 to 2029. */
export const anyNow: fc.Arbitrary<string> = fc
  .tuple(fc.nat(5), fc.integer({ min: 0, max: 16 * 24 }))
  .map(([years, hours]) => new Date(Date.UTC(2024 + years, 1, 22, hours)).toISOString());

export const anyReferences: fc.Arbitrary<References> = fc.dictionary(
  fc.constantFrom('a', 'b'),
  fc.record({
    versions: fc.constant([1]),
    publishAt: fc.constantFrom(null, '2024-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'),
    withdrawn: fc.boolean(),
  }),
  { maxKeys: 1 },
);

/** More often than not nothing is in the way but time. */
export const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  id: fc.constant(id),
  rules: anyRule.map(rulesOf),
  timeZone: anyZone,
  now: anyNow,
  holds: fc
    .array(
      anyScope.map(scope => ({ id: 'hold', scope })),
      { maxLength: 1 },
    )
    .map(holds => ({ holds })),
  references: anyReferences,
});

/** The last day of the retention, counted on the calendar; undefined for ever. */
export function lastDay(
  { facts: { period, kind }, latest, keepUntil }: ArchivedDocument,
  on: Pick<Circumstances, 'rules' | 'timeZone'>,
) {
  const { years, from } = on.rules[kind];
  if (years === null || latest === null) return undefined;
  const sealedOn = wallDate(on.timeZone, latest.sealedAt);
  const ends =
    period === null
      ? [sealedOn]
      : { 'period-end': [period.to], sealed: [sealedOn], later: [period.to, sealedOn] }[from];
  const start = ends.toSorted().at(-1) ?? '';
  const [year = 0, month = 0, day = 0] = start.split('-').map(Number);
  const endOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  const end = new Date(Date.UTC(year + years, month - 1, Math.min(day, endOfMonth))).toISOString().slice(0, 10);
  return [end, ...(keepUntil === null ? [] : [keepUntil])].toSorted().at(-1);
}

/** Everything that keeps a document. */
export function reasonsToStay(document: ArchivedDocument, on: Circumstances): string[] {
  const { facts: about, latest, firstSealedAt } = document;
  const last = lastDay(document, on);
  const times = [
    ...(about.period === null ? [] : [about.period]),
    ...(latest === null || firstSealedAt === null
      ? []
      : [{ from: wallDate(on.timeZone, firstSealedAt), to: wallDate(on.timeZone, latest.sealedAt) }]),
  ];
  const isHeld = on.holds.holds.some(({ scope: { documentIds, bodyIds, period } }) => {
    const isInPeriod =
      period !== null && (times.length === 0 || times.some(({ from, to }) => !(to < period.from || period.to < from)));
    return documentIds.includes(id) || bodyIds.some(body => body === about.bodyId) || isInPeriod;
  });
  return [
    ...(document.disposal?.executedAt ? ['gone'] : []),
    ...(last === undefined || wallDate(on.timeZone, on.now) <= last ? ['retained'] : []),
    ...(isHeld ? ['held'] : []),
    ...(Object.values(on.references).some(one => one.publishAt !== null && !one.withdrawn) ? ['referred'] : []),
  ];
}
