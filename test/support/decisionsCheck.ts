/** Says what does not fit together in the resolutions and ballots of a whole book. */
import { numberAfter, type Resolution, resolutionRows } from '../../shared/core/decisions/resolutions.ts';
import { type StoredText, textHash, textKey } from '../../shared/core/decisions/texts.ts';
import { type Ballot, ballotRow, inVote, type Recusal, recusalRow } from '../../shared/core/decisions/votes.ts';
import type { Row } from '../../shared/core/records.ts';

/** An item of a book's file. */
export interface StoredItem {
  readonly partition: string;
  readonly sort: string;
  readonly version: number;
  readonly data: unknown;
}

/** The lists that say the same as the records, so that one can be made from the other. */
export const decisionLists =
  /^list#((register|ended)#[^#]+#\d{4}|(pending|follow-ups)#[^#]+|confidential-reviews|open-votes|ballots#.+|recusals#.+)$/;

/** The rows that a record of a decision has, or none for records of other kinds. */
export function decisionRows(kind: string, id: string, data: unknown, at: ReadonlyMap<string, StoredItem>): Row[] {
  if (kind === 'resolution') return resolutionRows(id, data as Resolution);
  if (kind === 'recusal') return [recusalRow(data as Recusal)];
  if (kind !== 'ballot') return [];
  const ballot = data as Ballot;
  // A ballot counts nowhere once its voter is recused.
  return at.has(`recusal#${inVote(ballot.resolutionId, ballot.personId)}|record`) ? [] : [ballotRow(ballot)];
}

/** Every text of every motion stands beside it; every register has given each number once, up to its last, and none besides. */
export function decisionFaults(items: readonly StoredItem[], at: ReadonlyMap<string, StoredItem>): string[] {
  const faults: string[] = [];
  const given = new Map<string, string[]>();
  for (const { partition, sort, data } of items) {
    if (sort !== 'record' || !partition.startsWith('resolution#')) continue;
    const id = partition.slice('resolution#'.length);
    const { bodyId, motion, textVersion, adoption, vote, consent, underAmendment } = data as Resolution;
    for (let version = 1; version <= textVersion; version++) {
      const key = textKey(id, version);
      const text = at.get(`${key.partition}|${key.sort}`)?.data as StoredText | undefined;
      if (text === undefined) faults.push(`${partition}: text ${version} is missing`);
      else if (version === textVersion && text.textHash !== textHash(motion))
        faults.push(`${partition}: its last text is not that of the motion`);
    }
    const carried = vote?.result?.outcome.carried ?? consent?.decided?.carried ?? false;
    if (carried !== (adoption !== null)) faults.push(`${partition}: adopted and not carried, or the other way round`);
    if (underAmendment !== null && !isUndecided(at.get(`resolution#${underAmendment}|record`)?.data))
      faults.push(`${partition}: waits for an amendment that is decided`);
    if (adoption?.number == null) continue;
    const register = `${bodyId}|${adoption.number.slice(0, 4)}`;
    given.set(register, [...(given.get(register) ?? []), adoption.number]);
  }
  const lasts = items
    .filter(({ partition, sort }) => /^list#register#[^#]+$/.test(partition) && sort === 'last')
    .flatMap(({ partition, data }) =>
      Object.entries(data as Record<string, number>).map(
        ([year, last]) => [`${partition.slice('list#register#'.length)}|${year}`, last] as const,
      ),
    );
  const counted = new Map<string, number>(lasts);
  for (const register of new Set([...given.keys(), ...counted.keys()])) {
    const year = register.slice(-4);
    const wanted = Array.from({ length: counted.get(register) ?? 0 }, (_, index) => numberAfter(year, index));
    const numbers = (given.get(register) ?? []).toSorted((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
    if (numbers.join() !== wanted.join())
      faults.push(`the register ${register} should have ${wanted}, and has ${numbers}`);
  }
  return faults;
}

const isUndecided = (data: unknown) => {
  const resolution = data as Resolution | undefined;
  return resolution?.vote != null && resolution.vote.result === null;
};
