/** Who the organisation is, on a day. */
import { organisationRoutes } from '../../shared/contract/organisation.ts';
import { dateIn } from '../../shared/core/calendar.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';

export const getOrganisation = operation(organisationRoutes.getOrganisation, async ({ query, now }, { records }) => {
  const { data, version } = await readRecord<Organisation>(records, 'organisation', organisationId);
  const profile = inForce(data.history, query.on ?? dateIn(timeZoneOf(data, now), now));
  if (profile === undefined) throw new NotFoundError();
  return { body: { ...profile, history: [...data.history], version }, version };
});
