/** How the API shows written consents. */

import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import type { Consent, ConsentOutcome } from '../../shared/core/decisions/consents.ts';
import { explainConsent } from '../../shared/core/decisions/explainConsent.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Person } from '../../shared/core/people.ts';
import { readEach, readRecord } from '../../shared/http/read.ts';
import type { JsonObject, RecordStore } from '../../shared/ports/recordStore.ts';

type PresentedConsent = NonNullable<Answer<typeof resolutionsRoutes.getResolution>['consent']>;

/** Two reads where there is a consent, or three for many people. Who signed is shown to the body; to others once it is adopted, as the body shows who sits in it. */
export async function presentConsent(
  records: RecordStore,
  { bodyId, consent }: Pick<Resolution, 'bodyId' | 'consent'>,
  caller: Caller,
): Promise<PresentedConsent | null> {
  if (consent === null) return null;
  const named = (await seesNames(records, bodyId, caller, consent))
    ? await readEach<Person>(records, 'person', peopleIn(consent))
    : null;
  const who = (id: string) => ({ id, name: named?.get(id)?.name ?? '' });
  const { openedAt, basis, source, textHash, expiresAt, objectionsUntil, signatures, objection, decided } = consent;
  return {
    openedAt,
    basis,
    source,
    textHash,
    expiresAt,
    objectionsUntil,
    signed: signatures.length,
    signatures: named === null ? null : signatures.map(({ by, ...signature }) => ({ by: who(by), ...signature })),
    mine: signatures.find(({ by }) => by === caller.personId)?.at ?? null,
    objection:
      objection === null
        ? null
        : {
            at: objection.at,
            by: named === null ? null : who(objection.by),
            reason: named === null ? null : objection.reason,
          },
    outcome: decided === null ? null : presentOutcome(consent, decided, named === null ? null : who),
  };
}

function presentOutcome(
  consent: Consent,
  { at, carried, signatories, reasons }: ConsentOutcome,
  who: ((id: string) => { id: string; name: string }) | null,
) {
  return {
    at,
    carried,
    signatories: who === null ? null : signatories.map(who),
    reasons: reasons.map(reason => ({ ...reason }) as unknown as JsonObject) as never,
    explanation: explainConsent(consent),
  };
}

const peopleIn = ({ signatures, objection, decided }: Consent) =>
  [...signatures, ...(objection === null ? [] : [objection])].map(({ by }) => by).concat(decided?.signatories ?? []);

async function seesNames(records: RecordStore, bodyId: string, caller: Caller, { decided }: Consent): Promise<boolean> {
  if (caller.bodies.has(bodyId) || may(caller, 'see drafts of every body')) return true;
  if (decided?.carried !== true) return false;
  const { data } = await readRecord<Body>(records, 'body', bodyId);
  return data.publishesSeats;
}
