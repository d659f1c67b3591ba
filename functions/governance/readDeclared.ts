/** Reads who owed declarations of interests in a fiscal year, and who made them. */
import { overlaps, type Term } from '../../shared/core/calendar.ts';
import {
  type DeclarationCard,
  declarationId,
  declarationLists,
  disclosureOf,
  owedDays,
  owesDeclaration,
} from '../../shared/core/decisions/interests.ts';
import type { DeclaredYear } from '../../shared/core/governance/facts.ts';
import { listPartition } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type BoardSeat, readNamed } from './readBodies.ts';
import { calendarYears, type YearAsked } from './yearAsked.ts';

/** For each calendar year that the fiscal year touches: by whoever sat there on days of both. One query each, and one read for every hundred people. */
export async function readDeclared(
  records: RecordStore,
  seats: readonly BoardSeat[],
  { period, today, dateOf }: YearAsked,
): Promise<DeclaredYear[]> {
  const years = calendarYears(period).flatMap(year => {
    const days = within(owedDays(year, today), period);
    return days === null ? [] : [{ year, days }];
  });
  return Promise.all(
    years.map(async ({ year, days }) => {
      const owing = seats.filter(({ seat, body }) => owesDeclaration(seat, body, days));
      const people = await readNamed(
        records,
        owing.map(({ seat }) => seat.personId),
      );
      const cards = await readCards(records, year);
      const state = disclosureOf(
        year,
        people.map(({ id }) => id),
        new Set(cards.keys()),
      );
      return {
        year,
        owed: state.owed,
        evidence: people.flatMap(({ id, name }) => {
          const card = cards.get(id);
          if (card === undefined) return [];
          const title = `Declaration of ${name} for ${year}`;
          return { kind: 'declaration', id: declarationId(id, year), title, date: dateOf(card.declaredAt) } as const;
        }),
        missing: people.filter(({ id }) => state.missing.includes(id)),
      };
    }),
  );
}

/** The days of both; null when there are none. */
function within(days: Term | null, period: Term & { readonly to: string }): Term | null {
  if (days === null || !overlaps(days, period)) return null;
  const to = days.to === null || days.to > period.to ? period.to : days.to;
  return { from: days.from > period.from ? days.from : period.from, to };
}

async function readCards(records: RecordStore, year: string): Promise<Map<string, DeclarationCard>> {
  const cards = new Map<string, DeclarationCard>();
  const partition = listPartition(declarationLists.ofYear(year));
  for await (const items of allPages(records, { partition }, 1000))
    for (const { key, data } of items) cards.set(key.sort, data as unknown as DeclarationCard);
  return cards;
}
