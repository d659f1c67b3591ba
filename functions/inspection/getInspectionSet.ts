/** What anyone may inspect; what is missing from it, for those who see to it. */
import { inspectionRoutes } from '../../shared/contract/inspection.ts';
import { may } from '../../shared/core/authorisation.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Organisation, organisationId } from '../../shared/core/organisation.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { presentGaps, presentItem } from './present.ts';
import { readAvailability } from './readAvailability.ts';
import { readInspectionSet } from './readInspectionSet.ts';

/** Treas. Reg. 301.6104(d)-1(d) and -2(b). */
const statement =
  'Everybody can download these files, free of charge and without signing in: they are the very files that are archived. Whoever asks the organisation in person may inspect them at its principal office the same day; who asks in writing is answered within 30 days.';

export const getInspectionSet = operation(
  inspectionRoutes.getInspectionSet,
  async ({ query, caller, now }, { records }) => {
    const today = await readToday(records, now);
    const on = query.on ?? today;
    const [set, availability, organisation] = await Promise.all([
      readInspectionSet(records, on, now),
      readAvailability(records),
      readRecord<Organisation>(records, 'organisation', organisationId),
    ]);
    const seesGaps = may(caller, 'see compliance');
    const looks = availability?.looks ?? [];
    // Of what nobody can have, others do not learn.
    const items = set.items.filter(({ files }) => seesGaps || files.length > 0);
    return {
      body: {
        on,
        items: items.map(item => presentItem(item, looks)),
        copies: { statement, website: inForce(organisation.data.history, today)?.website ?? null },
        check:
          availability === undefined ? null : { origin: availability.origin, completedAt: availability.completedAt },
        ...presentGaps(seesGaps ? set : null),
      },
    };
  },
);
