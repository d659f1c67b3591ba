/** The page of what a body adopted in a year, and of the rules by which it decides. Everybody sees what the public may see. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { anonymous } from '../../shared/core/authorisation.ts';
import { registerKey, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { registerPage } from '../../web/register.ts';
import { readCards } from '../resolutions/presentCards.ts';
import { presentRules, readRulebook } from '../resolutions/rules.ts';
import { adoptedIn } from './readDecisions.ts';
import { nameOn, readOrganisation } from './readSite.ts';

/** Resolutions to a page. */
const limit = 50;

export const showRegisterPage = operation(
  siteRoutes.showRegisterPage,
  async ({ params: { bodyId }, query, now, nextAddress }, { records }) => {
    const [known, { body, rulebook }, register] = await Promise.all([
      readOrganisation(records, now),
      readRulebook(records, bodyId),
      records.get(registerKey(bodyId)),
    ]);
    if (known === null) throw new NotFoundError();
    const { today, timeZone, profile } = known;
    const year = query.year ?? today.slice(0, 4);
    const { items, next } = await readCards(
      records,
      {
        partition: listPartition(resolutionLists.register(bodyId, year)),
        order: 'ascending',
        limit,
        cursor: query.cursor,
      },
      { caller: anonymous, now },
      () => true,
    );
    return registerPage({
      site: profile,
      timeZone,
      today,
      body: { id: bodyId, name: nameOn(body, today), established: body.term.from, dissolved: body.term.to },
      year,
      adopted: adoptedIn(register?.data),
      entries: items,
      more: next === null ? null : nextAddress(next),
      fromFirst: query.cursor === undefined,
      rules: presentRules(rulebook, body, today),
    });
  },
);
