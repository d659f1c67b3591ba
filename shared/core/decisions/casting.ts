/** Who may cast a ballot. */
import { NotAllowedError, StateConflictError } from '../../errors.ts';
import type { ResolutionState } from './resolutions.ts';
import type { Vote } from './votes.ts';

export interface Claim {
  /** Whether the voter was entitled when the vote opened. */
  readonly isEntitled: boolean;
  /** Whether somebody else casts it, and was given the proxy. */
  readonly byProxy: boolean;
  readonly isProxy: boolean;
  /** The voter, or whoever casts it for the voter. */
  readonly isRecused: boolean;
}

/** @throws {StateConflictError} no ballot is taken. @throws {NotAllowedError} not from them. */
export function demandCasting(vote: Vote | null, state: ResolutionState, claim: Claim): void {
  if (vote === null || state !== 'open') {
    const yet = ['draft', 'moved', 'seconded'].includes(state) ? ' yet' : '';
    throw new StateConflictError(`The resolution is ${state}. No vote is taken${yet}.`);
  }
  if (!claim.isEntitled) {
    throw new NotAllowedError('Only those may vote who held a voting seat in the body when the vote was opened.');
  }
  if (claim.byProxy && !vote.rule.proxies) throw new NotAllowedError('The rule takes no proxies.');
  if (claim.byProxy && !claim.isProxy) throw new NotAllowedError('That voter has given you no proxy.');
  if (claim.isRecused) throw new NotAllowedError('Whoever stepped aside from this decision does not vote.');
}

/** @throws {StateConflictError} it is too late, or the rule takes no proxies. */
export function demandProxies(vote: Vote | null, state: ResolutionState): void {
  demandStill(state);
  if (vote !== null && !vote.rule.proxies) throw new StateConflictError('The rule takes no proxies.');
}

/** @throws {StateConflictError} it is decided, or no ballot is taken any more. */
export function demandStill(state: ResolutionState): void {
  if (beforeTheEnd.has(state)) return;
  throw new StateConflictError(`The resolution is ${state}. This can be done until its vote is closed.`);
}

const beforeTheEnd: ReadonlySet<ResolutionState> = new Set<ResolutionState>([
  'draft',
  'moved',
  'seconded',
  'postponed',
  'referred',
  'open',
]);
