/** What the book says of a record to everybody, once it is public: what is sealed as a statement of its own. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { ArchivedDocument } from '../archive/documents.ts';
import type { RetentionSchedule } from '../archive/retention.ts';
import type { Body, Seat } from '../bodies.ts';
import type { Resolution } from '../decisions/resolutions.ts';
import type { Rulebook } from '../decisions/rulebook.ts';
import type { Ballot } from '../decisions/votes.ts';
import type { Disclosure } from '../disclosures.ts';
import type { Meeting } from '../meetings/meetings.ts';
import type { Organisation } from '../organisation.ts';
import type { RecordKind } from '../records.ts';
import type { RecordedReturn } from '../returns/recorded.ts';
import type { Support } from '../support.ts';
import type { LogKey } from './keys.ts';
import { formOfBallot, formOfMeeting, formOfReturn, formOfSupport } from './publicFormsOfActs.ts';
import {
  formOfBody,
  formOfDisclosure,
  formOfDocument,
  formOfOrganisation,
  formOfSchedule,
  formOfSeat,
} from './publicFormsOfBook.ts';
import { formOfResolution, formOfRulebook } from './publicFormsOfDecisions.ts';

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
  readonly meeting: Meeting;
  readonly ballot: Ballot;
  readonly return: RecordedReturn;
  readonly support: Support;
  readonly 'log-key': LogKey;
}

export type StatedKind = keyof Records;

type Forms = { readonly [Kind in StatedKind]: (data: Records[Kind]) => object | null } & {
  readonly [Kind in Exclude<RecordKind, StatedKind>]: null;
};

/**
 * Null for what is not meant for everybody, whatever it holds; a form answers null for what is not, as things are. Whether everybody may
 * see it at a moment is for whoever shows it. What is said has the names and values of the fields in which the API shows the record; of
 * objects and of lists in them it may leave out fields that follow from other records, or from who asks.
 */
const forms: Forms = {
  organisation: formOfOrganisation,
  body: formOfBody,
  seat: formOfSeat,
  disclosure: formOfDisclosure,
  document: formOfDocument,
  resolution: formOfResolution,
  rulebook: formOfRulebook,
  'retention-schedule': formOfSchedule,
  meeting: formOfMeeting,
  ballot: formOfBallot,
  return: formOfReturn,
  support: formOfSupport,
  'log-key': ({ key }) => ({ key }),
  // Who people are is told with what they do, to whoever may know it.
  person: null,
  // On the way into the archive; nobody but the sender sees it.
  upload: null,
  // Who had a link to what is not public.
  retrieval: null,
  // Cases at law are for those who keep the archive.
  hold: null,
  // Who stands aside from what, votes for whom, and has which interests: for the body, and for auditors.
  recusal: null,
  proxy: null,
  declaration: null,
  // What happens in a meeting is for the body; minutes are public as a document that is published.
  attendance: null,
  minutes: null,
  // An address that is known has to be kept secret.
  'calendar-address': null,
  // What is owed, and by whom it is seen to, is for those who see to it.
  compliance: null,
  obligation: null,
  'fiscal-year': null,
  filing: null,
  // Who asked for copies.
  'copy-request': null,
  // Which document is the policy on a topic is for members; the document is public when something published refers to it.
  policy: null,
};

export const isStated = (kind: RecordKind): kind is StatedKind => forms[kind] !== null;

export function publicFormOf(kind: RecordKind, data: JsonObject): JsonObject | null {
  if (!isStated(kind)) return null;
  const form = forms[kind] as (data: unknown) => object | null;
  return form(data) as JsonObject | null;
}
