/** Reads the policies that were in force at the end of a fiscal year, and who adopted them. */
import { covers } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { PolicyInForce } from '../../shared/core/governance/facts.ts';
import {
  type Policy,
  type PolicyText,
  type TopicAskedFor,
  topicsAskedFor,
} from '../../shared/core/governance/policies.ts';
import { inForce } from '../../shared/core/history.ts';
import { recordKey } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { seesAllOf } from '../resolutions/load.ts';
import type { ReadBody } from './readBodies.ts';
import type { YearAsked } from './yearAsked.ts';

export type ReadPolicy = PolicyInForce & Pick<PolicyText, 'version'>;

/** Two reads. */
export async function readPolicies(
  records: RecordStore,
  year: YearAsked,
  bodies: readonly ReadBody[],
): Promise<Map<TopicAskedFor, ReadPolicy>> {
  const items = await records.getMany(topicsAskedFor.map(topic => recordKey('policy', topic)));
  const texts = topicsAskedFor.flatMap((topic, index) => {
    const history = (items[index]?.data as unknown as Policy | undefined)?.history ?? [];
    const held = inForce(history, year.lastDay);
    return held === undefined || held.text === null ? [] : [{ topic, since: held.from, ...held.text }];
  });
  const resolutions = await readEach<Resolution>(
    records,
    'resolution',
    texts.flatMap(({ resolutionId }) => resolutionId ?? []),
  );
  return new Map(
    texts.map(({ topic, since, documentId, version, resolutionId }) => {
      const resolution = resolutions.get(resolutionId ?? '');
      const adoption =
        resolutionId === null || resolution === undefined ? null : adoptionIn(resolutionId, resolution, bodies, year);
      return [topic, { documentId, version, since, adoption }];
    }),
  );
}

function adoptionIn(
  id: string,
  { bodyId, motion, adoption, confidential, later }: Resolution,
  bodies: readonly ReadBody[],
  { caller, dateOf }: YearAsked,
): PolicyInForce['adoption'] {
  if (adoption === null) return null;
  const date = dateOf(adoption.at);
  const body = bodies.find(one => one.id === bodyId && covers(one.term, date));
  const ends = later.filter(({ kind }) => kind !== 'amends').map(({ from }) => from);
  const seen =
    confidential === null || seesAllOf(caller, bodyId) ? { id, title: motion.title } : { id: null, title: null };
  return {
    resolutionId: id,
    by: body?.kind === 'board-of-directors' ? 'board' : body?.kind === 'committee' ? 'committee' : 'other',
    evidence: { kind: 'resolution', ...seen, date },
    endedOn: ends.sort()[0] ?? null,
  };
}
