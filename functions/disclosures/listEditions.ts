/** The editions of a disclosure, the latest first; none before its publication. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { presentEditionEntry, readEditions } from './editions.ts';
import { loadVisible } from './load.ts';

export const listEditions = operation(
  disclosuresRoutes.listEditions,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const disclosure = await loadVisible(records, params.disclosureId, caller, now);
    const { edition, publishAt } = disclosure.data;
    if (publishAt === null) return { body: { items: [], next: null } };
    const list = `editions#${disclosure.id}`;
    const [from] = decodeCursor(list, query.cursor, 1) ?? [];
    const first = Math.min(edition, /^\d{1,6}$/.test(from ?? '') ? Number(from) : edition);
    const last = Math.max(1, first - query.limit + 1);
    const numbers = Array.from({ length: Math.max(0, first - last + 1) }, (_, index) => first - index);
    const items = (await readEditions(records, disclosure, numbers)).map(one =>
      presentEditionEntry(one, edition, publishAt),
    );
    const next = last > 1 ? encodeCursor(list, [String(last - 1)]) : null;
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);
