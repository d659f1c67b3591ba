/** What happened to a disclosure, told from its events: all of it to some, from the publication on to the public. */
import type { JsonObject } from '../ports/recordStore.ts';
import type { Instant } from './calendar.ts';
import type { Disclosure } from './disclosures.ts';
import { type BookEvent, differences, type FieldChange } from './records.ts';

export type StepName = 'drafted' | 'revised' | 'scheduled' | 'unscheduled' | 'published' | 'corrected' | 'withdrawn';

export interface Step {
  readonly what: StepName;
  /** When it took effect: for a publication the time it became public. */
  readonly at: Instant;
  /** When the book took it in. */
  readonly enteredAt: Instant;
  readonly reason: string | null;
  /** The person who acted. */
  readonly by: string | null;
  /** What the content said before and after; empty for the public once the disclosure is withdrawn. */
  readonly changes: readonly FieldChange[];
}

/** @param forPublic leaves out what was before the publication and what a withdrawn disclosure said: null for such an event. */
export function stepOf(event: BookEvent, disclosure: Disclosure, now: Instant, forPublic: boolean): Step | null {
  const what = nameOf(event, disclosure, now);
  if (what === null || (forPublic && !publicSteps.has(what))) return null;
  const at = what === 'published' && disclosure.publishAt !== null ? disclosure.publishAt : event.at;
  const changes = forPublic && disclosure.withdrawal !== null ? [] : contentChanges(event);
  return { what, at, enteredAt: event.at, reason: event.reason, by: event.by, changes };
}

const publicSteps: ReadonlySet<StepName> = new Set<StepName>(['published', 'corrected', 'withdrawn']);

function nameOf(event: BookEvent, disclosure: Disclosure, now: Instant): StepName | null {
  switch (event.operation) {
    case 'createDisclosure':
      return 'drafted';
    case 'updateDisclosure':
      return 'revised';
    case 'publishDisclosure': {
      // An earlier scheduling that was moved or taken back never came to be.
      const { publishAt, enteredAt } = disclosure;
      const set = event.changes.find(change => change.field === 'publishAt')?.to;
      return event.at === enteredAt &&
        (set === undefined || set === publishAt) &&
        publishAt !== null &&
        publishAt <= now
        ? 'published'
        : 'scheduled';
    }
    case 'unscheduleDisclosure':
      return 'unscheduled';
    case 'correctDisclosure':
      return 'corrected';
    case 'withdrawDisclosure':
      return 'withdrawn';
    default:
      return null;
  }
}

function contentChanges(event: BookEvent): FieldChange[] {
  const content = event.changes.find(change => change.field === 'content');
  if (content === undefined || content.from === null) return [];
  return differences(content.from as JsonObject, content.to as JsonObject);
}
