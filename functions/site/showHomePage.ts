/** The public page: who the organisation is, its structure on a day, its decisions, its disclosures. Everybody sees the same. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { countsAt } from '../../shared/core/disclosureLists.ts';
import type { Category } from '../../shared/core/disclosures.ts';
import { inForce } from '../../shared/core/history.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofsOf } from '../../shared/http/proofs.ts';
import { emptyBookPage, homePage } from '../../web/homePage.ts';
import { readArchiveState } from '../archive/readArchiveState.ts';
import { readCatalogue, readDisclosures } from '../disclosures/readDisclosures.ts';
import { readDecisions } from './readDecisions.ts';
import { readLogStand } from './readLogStand.ts';
import { type KnownOrganisation, readOrganisation } from './readSite.ts';
import { readBodiesOn, readStructure } from './readStructure.ts';

/** Disclosures to a page. */
const limit = 25;

export const showHomePage = operation(
  siteRoutes.showHomePage,
  async ({ query, now, nextAddress, origin }, { records }) => {
    const { category, cursor } = query;
    const organisation = readOrganisation(records, now);
    // Older disclosures are a page of their own: whoever turns the pages has seen the structure, and the decisions.
    const bodies = cursor === undefined ? organisation.then(readThem) : null;
    const [known, shown, catalogue, page, archive, log, [proof = null]] = await Promise.all([
      organisation,
      bodies,
      readCatalogue(records),
      readDisclosures(records, { category, limit, cursor }, now),
      readArchiveState(records),
      cursor === undefined ? readLogStand(records) : null,
      cursor === undefined ? proofsOf(records, [{ kind: 'organisation', id: organisationId }]) : [],
    ]);
    if (known === null) return emptyBookPage();
    const { profile, history, timeZone, today, firstDay } = known;
    const on = query.on ?? today;
    return homePage({
      site: profile,
      timeZone,
      today,
      on,
      profile: inForce(history, on) ?? null,
      firstDay,
      structure: shown?.structure ?? null,
      decisions: shown?.decisions ?? null,
      disclosures: {
        entries: page.items,
        counts: countsAt(catalogue, now),
        category,
        older: page.next === null ? null : `${nextAddress(page.next)}#disclosures`,
        fromNewest: cursor === undefined,
        filtered: to => `/${filterQuery(query.on, to)}#disclosures`,
      },
      archive,
      log: log && { ...log, address: origin() },
      proof,
    });

    async function readThem(known: KnownOrganisation | null) {
      if (known === null) return null;
      const on = query.on ?? known.today;
      const found = await readBodiesOn(records, on);
      const [structure, decisions] = await Promise.all([
        readStructure(records, found, on),
        readDecisions(records, found.items, now),
      ]);
      return { structure, decisions };
    }
  },
);

function filterQuery(on: string | undefined, category: Category | undefined): string {
  const query = new URLSearchParams({
    ...(on === undefined ? {} : { on }),
    ...(category === undefined ? {} : { category }),
  });
  return query.size === 0 ? '' : `?${query}`;
}
