/** Whether enough are there to decide anything, by the rule that decides where nobody names another. */
import type { Seat } from '../bodies.ts';
import type { Instant } from '../calendar.ts';
import { type DecisionRule, needed } from '../decisions/rules.ts';
import { type Attendance, presentAt } from './attendance.ts';

export interface MeetingQuorum {
  /** By weight, as votes are counted: who has to be there at least, who is, and all seats in office. */
  readonly needed: number;
  readonly present: number;
  readonly inOffice: number;
  readonly met: boolean;
}

/** Who counts, and by how much. */
export type QuorumSeat = Pick<Seat, 'personId' | 'weight'>;

/**
 * @param seats the voting seats of the day, one for each person.
 * @param fixedSeats how many seats the body's own rules fix; null when they fix none.
 */
export function meetingQuorum(
  { quorum }: Pick<DecisionRule, 'quorum'>,
  seats: readonly QuorumSeat[],
  fixedSeats: number | null,
  present: ReadonlySet<string>,
): MeetingQuorum {
  const weightOf = (some: readonly QuorumSeat[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  const inOffice = weightOf(seats);
  const there = weightOf(seats.filter(({ personId }) => present.has(personId)));
  const least = leastOf(quorum, inOffice, fixedSeats ?? inOffice);
  return { needed: least, present: there, inOffice, met: there >= least };
}

/** Nobody is recused from a meeting as a whole: so all other bases are the seats in office. */
function leastOf(quorum: DecisionRule['quorum'], inOffice: number, fixed: number): number {
  if (quorum === null) return 0;
  if ('number' in quorum) return quorum.number;
  return needed(quorum.of === 'fixed' ? fixed : inOffice, quorum.fraction, quorum.comparison);
}

/** The quorum from the opening on, and at each moment at which it changed, until the end. */
export function quorumOverTime(
  attendances: readonly Attendance[],
  opened: Instant,
  until: Instant,
  quorumOf: (present: ReadonlySet<string>) => MeetingQuorum,
): { readonly at: Instant; readonly quorum: MeetingQuorum }[] {
  const moments = attendances
    .flatMap(({ spans }) => spans.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))
    .filter(at => at > opened && at < until);
  const all = [opened, ...new Set(moments.toSorted())].map(at => ({
    at,
    quorum: quorumOf(presentAt(attendances, at)),
  }));
  return all.filter(({ quorum }, index) => index === 0 || quorum.present !== all[index - 1]?.quorum.present);
}
