/** The newest disclosures as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
import { siteRoutes } from '../../shared/contract/site.ts';
import { dateIn } from '../../shared/core/calendar.ts';
import { type Disclosure, isPublic } from '../../shared/core/disclosures.ts';
import { recordKey } from '../../shared/core/records.ts';
import { shownContent } from '../../shared/core/shownDisclosure.ts';
import { operation } from '../../shared/http/operation.ts';
import type { Item } from '../../shared/ports/recordStore.ts';
import { dayText, isLateEntry, periodText } from '../../web/dates.ts';
import { categoryLabels } from '../../web/labels.ts';
import { readDisclosures } from '../disclosures/readDisclosures.ts';
import { readOrganisation } from './readSite.ts';

const limit = 50;

export const readFeed = operation(siteRoutes.readFeed, async ({ now, origin }, { records }) => {
  const [known, page] = await Promise.all([
    readOrganisation(records, now),
    readDisclosures(records, { limit, cursor: undefined }, now),
  ]);
  const ids = page.items.map(entry => entry.id);
  const found = ids.length === 0 ? [] : await records.getMany(ids.map(id => recordKey('disclosure', id)));
  const timeZone = known?.timeZone ?? 'UTC';
  // Between the two reads a disclosure may have been withdrawn: what the record says holds.
  const items = found.flatMap((item, index) => itemOf(ids[index] ?? '', item));
  const name = known?.profile.legalName ?? 'Minutebook';
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: `Disclosures of ${name}`,
    description: `What ${name} has made public, the newest first. What is withdrawn stays listed, without its content.`,
    home_page_url: `${origin()}/`,
    feed_url: `${origin()}/feed.json`,
    language: 'en',
    authors: [{ name }],
    items,
  };
  return { body: JSON.stringify(feed) };

  function itemOf(id: string, item: Item | undefined) {
    const disclosure = item?.data as unknown as Disclosure | undefined;
    if (disclosure === undefined || !isPublic(disclosure, now)) return [];
    const { content, edition, publishAt, enteredAt, correction, withdrawal } = disclosure;
    const { title, category, summary, period, language } = content;
    const label = categoryLabels[category].one;
    const isLate = publishAt !== null && enteredAt !== null && isLateEntry(publishAt, enteredAt);
    const about = [
      label,
      ...(period === null ? [] : [`about ${periodText(period)}`]),
      ...(isLate ? [`entered ${dayText(dateIn(timeZone, enteredAt))}`] : []),
    ].join(', ');
    const gone =
      withdrawal === null ? null : `Withdrawn on ${dayText(dateIn(timeZone, withdrawal.at))}: ${withdrawal.reason}`;
    const attachments = shownContent(content).documents.map(document => ({
      url: new URL(document.url, origin()).href,
      mime_type: document.type,
      title: document.title,
      size_in_bytes: document.size,
    }));
    return {
      id: `urn:uuid:${id}`,
      url: `${origin()}/disclosures/${id}`,
      title: gone === null ? title : `Withdrawn: ${title}`,
      content_text: gone ?? (summary.trim() === '' ? about : summary),
      summary: gone ?? about,
      date_published: publishAt,
      ...((withdrawal ?? correction) ? { date_modified: (withdrawal ?? correction)?.at } : {}),
      language,
      tags: [label],
      ...(gone !== null || attachments.length === 0 ? {} : { attachments }),
      _minutebook: {
        about: `${origin()}/openapi.json`,
        category,
        edition,
        entered: enteredAt,
        withdrawn: withdrawal !== null,
      },
    };
  }
});
