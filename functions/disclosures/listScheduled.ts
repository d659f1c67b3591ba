/** What is scheduled, the next one first. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { scheduledAfter } from '../../shared/core/disclosureLists.ts';
import { type Disclosure, stateAt } from '../../shared/core/disclosures.ts';
import { recordKey } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { readCatalogue } from './readDisclosures.ts';

export const listScheduled = operation(
  disclosuresRoutes.listScheduled,
  async ({ query, now, nextAddress }, { records }) => {
    const ids = scheduledAfter(await readCatalogue(records), now);
    const [after] = decodeCursor('scheduled', query.cursor, 1) ?? [];
    const from = after === undefined ? 0 : ids.indexOf(after) + 1;
    const page = ids.slice(from, from + query.limit);
    const found = page.length === 0 ? [] : await records.getMany(page.map(id => recordKey('disclosure', id)));
    const items = page.flatMap((id, index) => {
      const disclosure = found[index]?.data as unknown as Disclosure | undefined;
      if (disclosure === undefined || stateAt(disclosure, now) !== 'scheduled') return [];
      const { title, category, language } = disclosure.content;
      return [{ id, title, category, language, publishAt: disclosure.publishAt }];
    });
    const last = page.at(-1);
    const more = last !== undefined && from + page.length < ids.length;
    return { body: { items, next: nextOf(more ? encodeCursor('scheduled', [last]) : null, nextAddress) } };
  },
);
