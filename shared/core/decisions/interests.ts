/** The register of interests: what directors and officers declare every year. Form 990, Part VI, line 12b. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { Body, Seat } from '../bodies.ts';
import { withinBody } from '../bodies.ts';
import { type Instant, overlaps, type PlainDate, type Term } from '../calendar.ts';
import { type Row, rowKey, type Stored } from '../records.ts';

export const relations = ['employment', 'ownership', 'family', 'board-seat', 'contract', 'gift', 'other'] as const;
export type Relation = (typeof relations)[number];

/** What could give rise to a conflict: with whom, how, since when. */
export interface Interest {
  /** A person, a company, an authority. */
  readonly party: string;
  readonly relation: Relation;
  readonly description: string;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
}

/** So many in one declaration. */
export const mostInterests = 50;

/** What a person declared for a year; an empty list declares that there is nothing. A later version corrects it. */
export interface Declaration {
  readonly personId: string;
  /** `2026` */
  readonly year: string;
  readonly interests: readonly Interest[];
  readonly declaredAt: Instant;
}

/** One for each person and year. */
export const declarationId = (personId: string, year: string) => `${personId}~${year}`;

/** A declaration is made in its year, or made up for in the next. */
export const isDeclarable = (year: string, today: PlainDate) =>
  [0, 1].includes(Number(today.slice(0, 4)) - Number(year));

/** The day from which on a declaration is owed: whoever leaves in January is not asked any more. */
const owedFrom = '01-31';

/**
 * The days of a year on which somebody who sits there owes its declaration: from the end of January until its end, and until today while it
 * lasts. Before the end of January: today. Null for a year that is still to come.
 */
export function owedDays(year: string, today: PlainDate): Term | null {
  if (today < `${year}-01-01`) return null;
  const last = `${year}-12-31`;
  const to = today < last ? today : last;
  const from = `${year}-${owedFrom}`;
  return { from: from < to ? from : to, to };
}

/** Directors, and the secretary and the treasurer of the organisation: those whose declarations line 12b asks for. */
export function owesDeclaration(seat: Seat, body: Pick<Body, 'kind' | 'term'>, days: Term): boolean {
  if (body.kind !== 'board-of-directors') return false;
  if (!seat.voting && seat.office !== 'secretary' && seat.office !== 'treasurer') return false;
  const term = withinBody(seat.term, body.term);
  return term !== null && overlaps(term, days);
}

/** How far a year is declared, for line 12b. */
export interface YearOfDeclarations {
  readonly year: string;
  readonly owed: number;
  readonly declared: number;
  /** The declarations that show it, by the identifiers of their records. */
  readonly evidence: readonly string[];
  /** Who has not declared. */
  readonly missing: readonly string[];
}

/** @param owing everybody who owes a declaration for the year, once. @param declared those of them, and others, who have made one. */
export function disclosureOf(
  year: string,
  owing: readonly string[],
  declared: ReadonlySet<string>,
): YearOfDeclarations {
  const made = owing.filter(personId => declared.has(personId));
  return {
    year,
    owed: owing.length,
    declared: made.length,
    evidence: made.map(personId => declarationId(personId, year)),
    missing: owing.filter(personId => !declared.has(personId)),
  };
}

export const declarationLists = {
  /** Who declared for a year, by person. */
  ofYear: (year: string) => `declarations#${year}`,
  /** What a person declared, by year. */
  ofPerson: (personId: string) => `declarations#person#${personId}`,
};

/** What the list of a year shows: nothing of what was declared. */
export interface DeclarationCard {
  readonly personId: string;
  readonly declaredAt: Instant;
  readonly interests: number;
}

/** The rows of a declaration: under its year, and, whole, under its person. */
export function declarationRows({ data, version }: Stored<Declaration>): Row[] {
  const { personId, year, interests, declaredAt } = data;
  const card: DeclarationCard = { personId, declaredAt, interests: interests.length };
  return [
    { key: rowKey(declarationLists.ofYear(year), personId), card: card as unknown as JsonObject },
    { key: rowKey(declarationLists.ofPerson(personId), year), card: { ...data, version } as unknown as JsonObject },
  ];
}
