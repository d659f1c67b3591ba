/** The page of what anyone may inspect, of who funds the organisation, and of its figures over the years. Everybody sees the same. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { anonymous } from '../../shared/core/authorisation.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { inspectionPage } from '../../web/inspectionPage.ts';
import { readPunctuality } from '../filings/readPunctuality.ts';
import { readFigures } from '../returns/readFigures.ts';
import { readExhibits } from './readExhibits.ts';
import { readOrganisation } from './readSite.ts';
import { readSupport } from './readSupport.ts';

/** So many years are shown, with this one. */
const yearsOfPunctuality = 8;

export const showInspectionPage = operation(siteRoutes.showInspectionPage, async ({ now }, { records }) => {
  const known = await readOrganisation(records, now);
  if (known === null) throw new NotFoundError();
  const { profile, timeZone, today } = known;
  const [items, support, years, punctuality] = await Promise.all([
    readExhibits(records, today, now),
    readSupport(records, today),
    readFigures(records, anonymous),
    readPunctuality(records, today, yearsOfPunctuality),
  ]);
  return inspectionPage({
    site: profile,
    website: profile.website,
    timeZone,
    today,
    items,
    support,
    years,
    punctuality,
  });
});
