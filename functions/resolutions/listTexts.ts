/** The texts that a motion has had, the latest first, each with its differences to the one before. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { may } from '../../shared/core/authorisation.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { type StoredText, textDifferences, textKey, textPrefix } from '../../shared/core/decisions/texts.ts';
import { recordKey } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readEach, readPage } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { loadVisible, maySee } from './load.ts';

/** To find the differences of long texts takes a while, and they are long themselves. */
const mostOnPage = 10;

export const listTexts = operation(
  resolutionsRoutes.listTexts,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { id } = await loadVisible(records, params.resolutionId, caller, now);
    const { items, next } = await readPage(records, {
      partition: recordKey('resolution', id).partition,
      prefix: textPrefix,
      order: 'descending',
      limit: Math.min(query.limit, mostOnPage),
      cursor: query.cursor,
    });
    const texts = items.map(({ data }) => data as unknown as StoredText);
    const first = (texts.at(-1)?.textVersion ?? 1) - 1;
    const earlier = first < 1 ? undefined : await records.get(textKey(id, first));
    const seesWho = may(caller, 'see who acted');
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
