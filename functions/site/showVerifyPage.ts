/** The page on which anybody checks records and logs, in the own browser. Everybody sees the same. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { verifyPage } from '../../web/verifyPage.ts';
import { readOrganisation } from './readSite.ts';

export const showVerifyPage = operation(siteRoutes.showVerifyPage, async ({ now, origin }, { records }) => {
  const known = await readOrganisation(records, now);
  if (known === null) throw new NotFoundError();
  return verifyPage({ site: known.profile, origin: origin() });
});
