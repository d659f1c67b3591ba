/** The certificate of an adopted resolution: what the caller may see of it, printed. */
import { certificatesRoutes } from '../../shared/contract/certificates.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import { type Body, bodyOn, type Seat, seatLists } from '../../shared/core/bodies.ts';
import { covers, dateIn, type PlainDate } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Organisation, organisationId } from '../../shared/core/organisation.ts';
import { listPartition } from '../../shared/core/records.ts';
import { NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofsOf } from '../../shared/http/proofs.ts';
import { allPages, readEach, readRecord, readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { printCertificate } from '../../shared/print/certificate.ts';
import { readKeys } from '../log/readKeys.ts';
import { readNames } from '../people/readNames.ts';
import { loadVisible } from '../resolutions/load.ts';
import { type PresentedResolution, presentResolution } from '../resolutions/present.ts';
import { certificateOf } from './certificateOf.ts';

export const getCertificate = operation(
  certificatesRoutes.getCertificate,
  async ({ params, caller, now, origin }, { records }) => {
    const stored = await loadVisible(records, params.resolutionId, caller, now);
    const resolution = await presentResolution(records, stored, caller, now);
    const { adoption } = resolution;
    if (adoption === null) {
      throw new StateConflictError(`The resolution is ${resolution.state}. Only what was adopted has a certificate.`);
    }
    const today = await readToday(records, now);
    const { data } = await readRecord<Organisation>(records, 'organisation', organisationId);
    const organisation = inForce(data.history, today) ?? data.history[0];
    if (organisation === undefined) throw new NotFoundError();
    const body = await readRecord<Body>(records, 'body', stored.data.bodyId);
    const [proof = null] = await proofsOf(records, [{ kind: 'resolution', id: params.resolutionId }]);
    const [key] = proof === null ? [] : await readKeys(records, undefined);
    const printed = await printCertificate(
      certificateOf({
        resolution: { ...resolution, adoption },
        numbers: await readNumbers(records, resolution),
        organisation,
        body: nameOf(body.data, dateIn(organisation.timeZone, adoption.at)),
        secretary: await readSecretary(records, caller, today),
        today,
        proof,
        log: key?.verifierKey.name ?? null,
        address: origin(),
      }),
    );
    return {
      body: printed.toString('base64'),
      headers: { 'content-disposition': `attachment; filename="${adoption.number ?? 'amendment'}.pdf"` },
    };
  },
);

const nameOf = (body: Body, on: PlainDate) => (bodyOn(body, on) ?? body.history.at(-1))?.name ?? '';

/** Of those that the caller may know. One read, where there are such. */
async function readNumbers(records: RecordStore, { effects }: PresentedResolution): Promise<Map<string, string>> {
  const ids = effects.flatMap(effect => ('resolutionId' in effect ? (effect.resolutionId ?? []) : []));
  const others = await readEach<Resolution>(records, 'resolution', ids);
  return new Map(
    [...others].flatMap(([id, { adoption }]) => (adoption?.number ? [[id, adoption.number] as const] : [])),
  );
}

/** Who keeps the book of the organisation on that day, as far as the caller may know. Some reads, as there are boards. */
async function readSecretary(records: RecordStore, caller: Caller, today: PlainDate): Promise<string | null> {
  for await (const boards of allPages(records, { partition: listPartition('bodies'), upTo: `${today}$` })) {
    for (const { data } of boards) {
      const { id, kind, term, publishesSeats } = data as unknown as Body & { id: string };
      if (kind !== 'board-of-directors' || !covers(term, today)) continue;
      if (!publishesSeats && !caller.bodies.has(id) && !may(caller, 'see unpublished seats')) continue;
      for await (const seats of allPages(records, {
        partition: listPartition(seatLists.ofBody(id)),
        upTo: `${today}$`,
      })) {
        const held = seats
          .map(item => item.data as unknown as Seat)
          .find(seat => seat.office === 'secretary' && covers(seat.term, today));
        if (held !== undefined) return (await readNames(records, [held.personId])).get(held.personId) ?? null;
      }
    }
  }
  return null;
}
