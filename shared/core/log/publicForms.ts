/** What the book says of a record to everybody, once it is public: what is sealed as a statement of its own. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { ArchivedDocument } from '../archive/documents.ts';
import type { RetentionSchedule } from '../archive/retention.ts';
import type { Body, Seat } from '../bodies.ts';
import type { Resolution } from '../decisions/resolutions.ts';
import type { Rulebook } from '../decisions/rulebook.ts';
import type { Disclosure } from '../disclosures.ts';
import type { Organisation } from '../organisation.ts';
import type { RecordKind } from '../records.ts';

/** Of which kinds there are statements, by what their records hold. */
interface Records {
  readonly organisation: Organisation;
  readonly body: Body;
  readonly seat: Seat;
  readonly disclosure: Disclosure;
  readonly document: ArchivedDocument;
  readonly resolution: Resolution;
  readonly rulebook: Rulebook;
  readonly 'retention-schedule': RetentionSchedule;
}

export type StatedKind = keyof Records;

/** Null for what is not meant for everybody. Whether everybody may see it at a moment is for whoever shows it. */
const forms: { readonly [Kind in StatedKind]: (data: Records[Kind]) => object | null } = {
  organisation: ({ history }) => ({ history }),
  body: ({ kind, term, publishesSeats, history }) => ({ kind, term, publishesSeats, history }),
  seat: ({ bodyId, personId, office, title, voting, weight, group, term }) => ({
    ...{ bodyId, personId, office, title, voting, weight, group, term },
  }),
  // What was withdrawn leaves a tombstone, without what it said.
  disclosure: ({ content, edition, correction, publishAt, withdrawal }) =>
    publishAt === null
      ? null
      : {
          title: content.title,
          content: withdrawal === null ? content : null,
          edition,
          correction,
          publishAt,
          withdrawal,
        },
  document: ({ facts, access, latest }) => {
    const { review: _, ...said } = facts;
    return access === 'public' && latest !== null ? { facts: said, latest } : null;
  },
  resolution: ({ bodyId, motion, confidential, adoption, later, vote }) =>
    confidential !== null || adoption === null
      ? null
      : {
          bodyId,
          ...wordsOf(motion),
          adoption,
          later,
          outcome: vote?.result?.outcome ?? null,
          election: vote?.result?.election ?? null,
        },
  rulebook: ({ history }) => ({ history }),
  'retention-schedule': ({ history }) => ({ history }),
};

const wordsOf = ({ title, preamble, text, language, effectiveOn, attachments, effects }: Resolution['motion']) => ({
  ...{ title, preamble, text, language, effectiveOn, attachments, effects },
});

export const isStated = (kind: RecordKind): kind is StatedKind => Object.hasOwn(forms, kind);

export function publicFormOf(kind: RecordKind, data: JsonObject): JsonObject | null {
  if (!isStated(kind)) return null;
  const form = forms[kind] as (data: unknown) => object | null;
  return form(data) as JsonObject | null;
}
