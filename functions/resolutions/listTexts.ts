/** The texts that a motion has had, the latest first, each with its differences to the one before. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { type StoredText, textDifferences, textKey, textPrefix } from '../../shared/core/decisions/texts.ts';
import { recordKey } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readEach, readPage } from '../../shared/http/read.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { loadVisible, maySee, seesAllOf, seesWhoActs } from './load.ts';

/** To find the differences of long texts takes a while, and they are long themselves. */
const mostOnPage = 10;

export const listTexts = operation(
  resolutionsRoutes.listTexts,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { id, data: of } = await loadVisible(records, params.resolutionId, caller, now);
    const from = seesAllOf(caller, of.bodyId) ? 1 : await movedText(records, id);
    const { items, next } = await readPage(records, {
      partition: recordKey('resolution', id).partition,
      prefix: textPrefix,
      order: 'descending',
      limit: Math.min(query.limit, mostOnPage),
      cursor: query.cursor,
      keep: item => textIn(item).textVersion >= from,
    });
    const texts = items.map(textIn);
    const first = (texts.at(-1)?.textVersion ?? 1) - 1;
    const earlier = first < from ? undefined : await records.get(textKey(id, first));
    const seesWho = await seesWhoActs(records, caller, of.bodyId);
    const names = await readNames(records, seesWho ? texts.flatMap(({ by }) => by ?? []) : []);
    const amendments = await readEach<Resolution>(
      records,
      'resolution',
      texts.flatMap(({ amendment }) => amendment ?? []),
    );
    const shown = texts.map(({ textVersion, textHash, at, by, amendment, ...text }, index) => {
      const before = texts[index + 1] ?? (earlier?.data as unknown as StoredText | undefined);
      const amending = amendment === null ? undefined : amendments.get(amendment);
      const isShown = amending?.confidential === null || (amending !== undefined && maySee(caller, amending, now));
      return {
        textVersion,
        textHash,
        at,
        by: by === null || !seesWho ? null : { id: by, name: names.get(by) ?? '' },
        amendment: isShown ? amendment : null,
        changes: textDifferences(before, text),
      };
    });
    return { body: { items: shown, next: nextOf(next, nextAddress) } };
  },
);

const textIn = ({ data }: Item) => data as unknown as StoredText;

/** The text that was moved, before any amendment: what was only drafted before it is for the body. */
async function movedText(records: RecordStore, id: string): Promise<number> {
  for (let cursor: string | undefined; ; ) {
    const { partition } = recordKey('resolution', id);
    const page = {
      partition,
      prefix: textPrefix,
      order: 'descending',
      limit: mostOnPage,
      large: true,
      cursor,
    } as const;
    const { items, next } = await readPage(records, page);
    const moved = items.map(textIn).find(({ amendment }) => amendment === null);
    if (moved !== undefined || next === null) return moved?.textVersion ?? 1;
    cursor = next;
  }
}
