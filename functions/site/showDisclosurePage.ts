/** The page of one disclosure, with its history. Everybody sees what the public may see. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { anonymous } from '../../shared/core/authorisation.ts';
import { shownContent } from '../../shared/core/shownDisclosure.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofsOf } from '../../shared/http/proofs.ts';
import { disclosurePage } from '../../web/disclosurePage.ts';
import { readEditions } from '../disclosures/editions.ts';
import { loadVisible } from '../disclosures/load.ts';
import { presentDisclosure } from '../disclosures/present.ts';
import { readHistory } from '../disclosures/readHistory.ts';
import { readOrganisation } from './readSite.ts';

export const showDisclosurePage = operation(
  siteRoutes.showDisclosurePage,
  async ({ params, query, now }, { records }) => {
    const [known, disclosure, [proof = null]] = await Promise.all([
      readOrganisation(records, now),
      loadVisible(records, params.disclosureId, anonymous, now),
      proofsOf(records, [{ kind: 'disclosure', id: params.disclosureId }]),
    ]);
    const { data } = disclosure;
    const isWithdrawn = data.withdrawal !== null;
    const edition = isWithdrawn ? data.edition : (query.edition ?? data.edition);
    const [[shown], history] = await Promise.all([
      readEditions(records, disclosure, [edition]),
      readHistory(records, disclosure, { caller: anonymous, now, limit: 100, cursor: undefined }),
    ]);
    if (known === null || shown === undefined) throw new NotFoundError();
    return disclosurePage({
      site: known.profile,
      timeZone: known.timeZone,
      disclosure: presentDisclosure(disclosure, now),
      proof,
      content: isWithdrawn ? null : shownContent(shown.content),
      edition,
      steps: history.items,
      moreSteps: history.next !== null,
    });
  },
);
