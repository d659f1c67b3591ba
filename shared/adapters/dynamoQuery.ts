/** A range of sort keys as DynamoDB can be asked for it: one condition on the sort key and a key to start behind. */
import { Buffer } from 'node:buffer';
import type { Query } from '../ports/recordStore.ts';
import { type Attributes, keyToAttributes } from './dynamoAttributes.ts';

export interface QueryPlan {
  readonly condition: string;
  readonly names: Record<string, string>;
  readonly values: Attributes;
  readonly start: Attributes | undefined;
}

/** Undefined when nothing can be in the range; DynamoDB refuses to be asked for such ranges. */
export function planQuery({ partition, prefix, upTo, after, order }: Query): QueryPlan | undefined {
  const ascending = order === 'ascending';
  let start = after;
  let last = upTo;
  if (prefix !== undefined && last !== undefined && !last.startsWith(prefix)) {
    // It stands outside of the prefix: either before all of it or behind all of it.
    if (precedes(last, prefix)) return undefined;
    last = undefined;
  }
  if (start !== undefined && prefix !== undefined && !start.startsWith(prefix)) {
    // DynamoDB refuses to start outside of the range: from there it is all of the range or nothing.
    if (precedes(start, prefix) !== ascending) return undefined;
    start = undefined;
  }
  if (start !== undefined && last !== undefined) {
    if (ascending && !precedes(start, last)) return undefined;
    // Going down, whichever of the two stands lower is the whole bound.
    if (!ascending && precedes(last, start)) start = undefined;
    else if (!ascending) last = undefined;
  }
  const [condition, bounds] = sortCondition(prefix, last);
  return {
    condition: `#partition = :partition${condition}`,
    names: { '#partition': 'partition', ...(condition === '' ? {} : { '#sort': 'sort' }) },
    values: { ':partition': { S: partition }, ...bounds },
    start: start === undefined ? undefined : keyToAttributes({ partition, sort: start }),
  };
}

/** Whatever stands between a prefix and a key that begins with it, begins with it too. */
function sortCondition(prefix: string | undefined, last: string | undefined): [string, Attributes] {
  if (prefix === undefined && last === undefined) return ['', {}];
  if (prefix === undefined) return [' AND #sort <= :last', { ':last': { S: last ?? '' } }];
  const first = { ':prefix': { S: prefix } };
  if (last === undefined) return [' AND begins_with(#sort, :prefix)', first];
  return [' AND #sort BETWEEN :prefix AND :last', { ...first, ':last': { S: last } }];
}

function precedes(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}
