/** The bodies of the organisation as a tree: each under the body above it, grouped by kind. */
import type { bodiesRoutes } from '../shared/contract/bodies.ts';
import type { Answer } from '../shared/contract/route.ts';
import type { seatsRoutes } from '../shared/contract/seats.ts';
import { kindOrder } from './labels.ts';

type Body = Answer<typeof bodiesRoutes.listBodies>['items'][number];
export type Seat = Answer<typeof seatsRoutes.listSeats>['items'][number];

export interface SeatedBody extends Body {
  /** Who sits in it; null when that is not public, or when the page does not list it. */
  readonly seats: readonly Seat[] | null;
  /** True when it has more seats than these. */
  readonly moreSeats: boolean;
}

export interface BodyNode {
  readonly body: SeatedBody;
  readonly groups: readonly BodyGroup[];
}

/** Bodies of one kind under the same body. */
export interface BodyGroup {
  readonly kind: Body['kind'];
  readonly nodes: readonly BodyNode[];
}

/** Every body stands in the tree once. One whose parent did not exist on the day, or that is above itself, stands at the top. */
export function treeOf(bodies: readonly SeatedBody[]): readonly BodyGroup[] {
  const ids = new Set(bodies.map(body => body.id));
  const placed = new Set<string>();
  const grow = (body: SeatedBody): BodyNode => {
    placed.add(body.id);
    const below = bodies.filter(other => other.parentBodyId === body.id && !placed.has(other.id));
    for (const other of below) placed.add(other.id);
    return { body, groups: grouped(below.map(grow)) };
  };
  const top = bodies.filter(body => body.parentBodyId === null || !ids.has(body.parentBodyId)).map(grow);
  const circling = bodies.flatMap(body => (placed.has(body.id) ? [] : [grow(body)]));
  return grouped([...top, ...circling]);
}

function grouped(nodes: readonly BodyNode[]): BodyGroup[] {
  return kindOrder.flatMap(kind => {
    const ofKind = nodes.filter(node => node.body.kind === kind);
    return ofKind.length === 0 ? [] : [{ kind, nodes: ofKind }];
  });
}

/** Auditors and administrators watch over the book; their seat does not make them members of the body, unless they vote. */
export const isMember = ({ office, voting }: Seat) => voting || (office !== 'auditor' && office !== 'administrator');

export const countMembers = (seats: readonly Seat[]) =>
  new Set(seats.filter(isMember).map(seat => seat.person.id)).size;
