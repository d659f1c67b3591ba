/** Elects one or several from a list: by absolute majority or by most votes, and nobody where it cannot be decided. */

/** `absolute`: more than half of the valid ballots. `plurality`: the most votes. */
export type ElectionMethod = 'absolute' | 'plurality';

export interface ElectionRule {
  readonly method: ElectionMethod;
  /** How many are to be elected. */
  readonly places: number;
}

/** A candidate or another option, and the votes for it by weight. */
export interface Standing {
  readonly option: string;
  readonly votes: number;
}

export interface ElectionCount {
  readonly standings: readonly Standing[];
  /** Valid ballots by weight; one ballot can be for as many options as there are places. Abstentions are none. */
  readonly ballots: number;
}

export interface ElectionOutcome {
  /** The options elected, by votes, then as they stand on the list. */
  readonly elected: readonly string[];
  /** Options with the same votes, of which too few places were left for all: none of them is elected. */
  readonly tied: readonly string[];
  /** The votes that an option needed at least. */
  readonly needed: number;
  readonly vacant: number;
}

/**
 * Whoever has enough votes is elected, as long as there are places; equal votes never are decided by the order of the list.
 *
 * @throws {RangeError} the count contradicts itself.
 */
export function elect({ method, places }: ElectionRule, { standings, ballots }: ElectionCount): ElectionOutcome {
  demandConsistent(places, standings, ballots);
  const needed = method === 'absolute' ? Math.floor(ballots / 2) + 1 : 1;
  const enough = standings.filter(({ votes }) => votes >= needed).toSorted((a, b) => b.votes - a.votes);
  const last = enough[places - 1];
  const next = enough[places];
  // Where the last place and the one behind it have the same votes, all with these votes are tied for what is left.
  const tiedAt = last !== undefined && next?.votes === last.votes ? last.votes : null;
  const elected = enough.slice(0, places).filter(({ votes }) => votes !== tiedAt);
  return {
    elected: elected.map(({ option }) => option),
    tied: tiedAt === null ? [] : enough.filter(({ votes }) => votes === tiedAt).map(({ option }) => option),
    needed,
    vacant: places - elected.length,
  };
}

function demandConsistent(places: number, standings: readonly Standing[], ballots: number): void {
  const numbers = [places, ballots, ...standings.map(({ votes }) => votes)];
  if (!numbers.every(value => Number.isSafeInteger(value) && value >= 0))
    throw new RangeError('Counts are whole numbers');
  if (places === 0) throw new RangeError('There is nothing to elect to');
  if (new Set(standings.map(({ option }) => option)).size < standings.length)
    throw new RangeError('An option stands twice');
  if (standings.some(({ votes }) => votes > ballots)) throw new RangeError('More votes than ballots');
}
