/**
 * Documents of the archive and their versions: what is said of them, who may see them, what may become public.
 *
 * A version is sealed bytes and never changes. A document is public only while something published refers to it: whether it is
 * follows from its access level, from those references and from the moment of asking, and is never stored.
 */
import { isDeepStrictEqual } from 'node:util';
import { StateConflictError } from '../../errors.ts';
import type { Key } from '../../ports/recordStore.ts';
import { type Caller, may, type Permission } from '../authorisation.ts';
import type { Instant, PlainDate, Term } from '../calendar.ts';
import type { Condition } from '../files.ts';
import { partKey } from '../records.ts';

export const documentKinds = [
  'articles',
  'bylaws',
  'policy',
  'minutes',
  'consent',
  'financial-statement',
  'return',
  'exemption-application',
  'determination-letter',
  'report',
  'workplan',
  'brochure',
  'other',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** From the widest to the narrowest: each admits everybody whom the next one admits. What is public waits among the officers until something published refers to it. */
export const accessLevels = ['public', 'members', 'body', 'officers', 'confidential'] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** What people say of a document. */
export interface Facts {
  readonly title: string;
  readonly kind: DocumentKind;
  /** BCP 47. */
  readonly language: string;
  /** The days that it is about; null when it is about no particular time. */
  readonly period: (Term & { readonly to: PlainDate }) | null;
  /** The body that it belongs to; null for the organisation as a whole. */
  readonly bodyId: string | null;
  /** The document whose place it takes. */
  readonly replaces: string | null;
  /** For what has to be looked at again and again, such as a policy. */
  readonly review: { readonly ownerId: string; readonly next: PlainDate } | null;
}

/** The record. The versions stand beside it, each under its number. */
export interface ArchivedDocument {
  readonly facts: Facts;
  readonly access: AccessLevel;
  /** How many versions were sealed; they are numbered from 1, without gaps. */
  readonly versions: number;
  /** What the latest version is; null before the first. */
  readonly latest: VersionCard | null;
  readonly firstSealedAt: Instant | null;
  /** What was found changed or missing. */
  readonly damaged: readonly Damage[];
  /** Kept at least until the end of that day, whatever the schedule says; null when nobody decided so. */
  readonly keepUntil: PlainDate | null;
  readonly disposal: Disposal | null;
}

/** The file itself, or its text. */
export type Rendition = 'original' | 'text';

/** A file of a version. */
export interface Damage {
  readonly version: number;
  readonly as: Rendition;
}

/** A document on its way out. */
export interface Disposal {
  readonly proposedAt: Instant;
  /** The last day of its retention. */
  readonly retainedUntil: PlainDate;
  readonly basis: string;
  readonly approvals: readonly { readonly by: string; readonly at: Instant }[];
  /** From when on the system carries it out; null until enough officers approved. */
  readonly executeAfter: Instant | null;
  readonly executedAt: Instant | null;
}

/** What lists and disclosures show of a version. */
export interface VersionCard {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly condition: Condition;
  readonly pages: number | null;
  readonly sealedAt: Instant;
}

/** A sealed version, as it stands beside its document. Written once. */
export interface Version extends VersionCard {
  /** The title that the file gives itself. */
  readonly title: string | null;
  /** What a reader should know of its condition. */
  readonly note: string | null;
  /** Its text, pages parted by form feeds, archived under this digest; null when it has none. */
  readonly text: { readonly size: number; readonly sha256: string } | null;
  /** The person who uploaded it, and when. */
  readonly addedBy: string;
  readonly addedAt: Instant;
}

/** So many versions a document may have: they are shown together. */
export const maxVersions = 100;

export const versionPrefix = 'version#';

export const versionKey = (documentId: string, number: number): Key =>
  partKey('document', documentId, `${versionPrefix}${String(number).padStart(6, '0')}`);

/** Where the references to a document stand. Whoever changes what depends on them expects the version that was read. */
export const referencesKey = (documentId: string): Key => partKey('document', documentId, 'references');

/** The disclosures, adopted resolutions, and filings whose public copy it is, that refer to a document, by their identifier. */
export type References = { readonly [id: string]: Reference };

export interface Reference {
  /** The versions that any edition of it refers to, in order. */
  readonly versions: readonly number[];
  /** When that is, or was, first public; null for a draft. */
  readonly publishAt: Instant | null;
  readonly withdrawn: boolean;
  /** These versions never become public, whatever else refers to them: a return as it was filed may name contributors. */
  readonly withheld?: true;
}

export function newDocument(facts: Facts, access: AccessLevel): ArchivedDocument {
  return {
    facts,
    access,
    versions: 0,
    latest: null,
    firstSealedAt: null,
    damaged: [],
    keepUntil: null,
    disposal: null,
  };
}

export const isDisposed = ({ disposal }: ArchivedDocument) => disposal?.executedAt != null;

/** The versions that everybody may have at that moment. */
export function publicVersions(
  { access }: Pick<ArchivedDocument, 'access'>,
  references: References,
  now: Instant,
): ReadonlySet<number> {
  if (access !== 'public') return new Set();
  const published = Object.values(references).filter(
    ({ publishAt, withdrawn }) => publishAt !== null && publishAt <= now && !withdrawn,
  );
  const withheld = new Set(withheldIn(references));
  return new Set(published.flatMap(({ versions }) => versions).filter(version => !withheld.has(version)));
}

const withheldIn = (references: References): readonly number[] =>
  Object.values(references).flatMap(({ withheld, versions }) => (withheld ? versions : []));

/** True when something that is public, or will be without anybody acting, refers to it. */
export function isReferred(references: References): boolean {
  return Object.values(references).some(({ publishAt, withdrawn }) => publishAt !== null && !withdrawn);
}

/** Who may see a document of that level when nothing published refers to it. A public one waits among those who publish. */
const seers: Readonly<Record<AccessLevel, Permission>> = {
  public: 'see documents before publication',
  members: 'see documents of members',
  body: 'see documents of every body',
  officers: 'see documents of officers',
  confidential: 'see confidential documents',
};

/** True for somebody who may see every version, and everything that is said of the document. */
export function maySeeAll(caller: Caller, access: AccessLevel, bodyId: string | null): boolean {
  if (may(caller, seers[access])) return true;
  return access === 'body' && bodyId !== null && caller.bodies.has(bodyId);
}

/** The versions that somebody may see: those that are public, or all. Null for somebody who may not know of the document. */
export function visibleVersions(
  caller: Caller,
  document: ArchivedDocument,
  references: References,
  now: Instant,
): 'all' | ReadonlySet<number> | null {
  if (maySeeAll(caller, document.access, document.facts.bodyId)) return 'all';
  const open = publicVersions(document, references, now);
  return open.size === 0 ? null : open;
}

/** Why nobody can have the bytes of a version, in words for whoever asks; null when they can. */
export function unavailability(document: ArchivedDocument, number: number, as: Rendition = 'original'): string | null {
  if (isDisposed(document)) return 'The document was disposed of when its time was over. Its digest stays on record.';
  if (document.damaged.some(one => one.version === number && one.as === as)) {
    return 'The file in the archive is not what was sealed, so it is not served. The officers know; it has to be restored.';
  }
  return null;
}

/** Why a version cannot stand in a disclosure, in words for the secretary; null when it can. */
export function unfitness(document: ArchivedDocument, version: Version, isToBePublic: boolean): string | null {
  const away = unavailability(document, version.number);
  if (away !== null) return away;
  if (document.disposal !== null) return 'Its disposal is proposed. Keep the document first.';
  if (version.condition !== 'sound') {
    return `The file is ${conditionTexts[version.condition]}, so it cannot be public. Add a sound version.`;
  }
  if (isToBePublic && document.access !== 'public') {
    return `Its access level is "${document.access}". Change it to "public" first.`;
  }
  return null;
}

export const conditionTexts: Readonly<Record<Condition, string>> = {
  sound: 'sound',
  encrypted: 'locked with a password',
  broken: 'broken',
  unread: 'one that could not be read to its end',
};

/** True when it is described as something else: how long it is kept, what holds it or who sees it may follow from that. */
export function isReclassified(before: Facts, after: Facts): boolean {
  const { kind, period, bodyId } = before;
  return kind !== after.kind || bodyId !== after.bodyId || !isDeepStrictEqual(period, after.period);
}

/** Describes the document anew. What was proposed or approved of it was so of another document. @throws {StateConflictError} it is gone. */
export function describe(document: ArchivedDocument, facts: Facts): ArchivedDocument {
  demandPresent(document);
  return { ...document, facts, disposal: isReclassified(document.facts, facts) ? null : document.disposal };
}

/** @throws {StateConflictError} it is gone, what is public refers to it, or it may not become public. */
export function changeAccess(
  document: ArchivedDocument,
  access: AccessLevel,
  references: References,
): ArchivedDocument {
  demandPresent(document);
  if (document.access === access) throw new StateConflictError(`The access level is "${access}" already.`);
  if (access === 'public' && withheldIn(references).length > 0) {
    throw new StateConflictError(
      'A version of it is a return as it was filed, which may name contributors. Have the return read, which makes the copy for everybody; or archive what everybody may have as a document of its own.',
    );
  }
  if (document.access === 'public' && isReferred(references)) {
    throw new StateConflictError(
      'A disclosure that is public or scheduled, an adopted resolution, or a filing whose public copy it is, refers to it. Withdraw or unschedule a disclosure first, or take the copy back; what was adopted stays.',
    );
  }
  return { ...document, access };
}

/** The document with one version more. @throws {StateConflictError} it is gone, or has too many. */
export function addVersion(
  document: ArchivedDocument,
  version: Omit<Version, 'number'>,
): { after: ArchivedDocument; version: Version } {
  demandRoom(document);
  const added: Version = { ...version, number: document.versions + 1 };
  const { number, name, type, size, sha256, condition, pages, sealedAt } = added;
  const latest = { number, name, type, size, sha256, condition, pages, sealedAt };
  const firstSealedAt = document.firstSealedAt ?? sealedAt;
  return { after: { ...document, versions: number, latest, firstSealedAt }, version: added };
}

/** @throws {StateConflictError} no version can be added to it. */
export function demandRoom(document: ArchivedDocument): void {
  demandPresent(document);
  if (document.disposal !== null) throw new StateConflictError('Its disposal is proposed. Keep the document first.');
  if (document.versions >= maxVersions) {
    throw new StateConflictError(`The document has ${maxVersions} versions. Begin a new one that replaces it.`);
  }
}

/** Notes what a check found. */
export function noteCheck(document: ArchivedDocument, checked: Damage, isGood: boolean): ArchivedDocument {
  const others = document.damaged.filter(one => one.version !== checked.version || one.as !== checked.as);
  const damaged = isGood ? others : [...others, checked].sort((a, b) => a.version - b.version);
  return { ...document, damaged };
}

function demandPresent(document: ArchivedDocument): void {
  if (isDisposed(document)) throw new StateConflictError('The document was disposed of; only its record is left.');
}
