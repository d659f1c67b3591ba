/** The motion that a request describes: what it attaches is in the archive, what it changes can be changed, whom it names there is. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Input } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Motion } from '../../shared/core/decisions/motions.ts';
import type { Confidential } from '../../shared/core/decisions/resolutions.ts';
import { recordKey } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { attach } from './attachments.ts';
import { demandReach } from './effects.ts';

interface Described {
  readonly motion: Motion;
  /** What amends something confidential is so, too. */
  readonly confidential: Confidential | null;
  readonly checks: readonly Write[];
}

/** @throws {ValidationError} */
export async function readMotion(
  records: RecordStore,
  bodyId: string,
  body: Input<typeof resolutionsRoutes.createResolution>['body'],
  caller: Caller,
  now: Instant,
): Promise<Described> {
  const { followUp, effects } = body;
  if (followUp !== null && (await records.get(recordKey('person', followUp.personId))) === undefined) {
    throw wrongField('/followUp/personId', 'The book knows no such person.');
  }
  const confidential = await demandReach(records, bodyId, { effects }, now);
  const { attachments, checks } = await attach(records, body.attachments, caller, now);
  return { motion: { ...body, attachments }, confidential, checks };
}
