/** What anyone may inspect on a day: IRC 6104(d), Treas. Reg. 301.6104(d)-1. */
import type { DocumentKind } from '../archive/documents.ts';
import { addYears, type PlainDate } from '../calendar.ts';
import { dueOf, type Filing, filedOn, type Paper } from './filings.ts';
import type { Form, Period } from './obligations.ts';

/** The returns that section 6104(d) opens to everybody, by the rules that ask for them. What a state asks for is not among them. */
export const annualReturn = 'us-irs-return';
export const incomeTaxReturn = 'us-irs-990t';

export const isInspectable = ({ obligation }: Pick<Filing, 'obligation'>) =>
  obligation.ruleId === annualReturn || obligation.ruleId === incomeTaxReturn;

/** IRC 6104(d)(2). */
const inspectableYears = 3;

/**
 * The last day on which anyone may inspect what was submitted; null when nobody may: it was rejected, or is no such return.
 *
 * An annual return: three years from the later of its due date, with its extension, and its filing. An amended one: three years from
 * its filing. Form 990-T: three years from its due date, with its extension, and so perhaps to a day before it was filed.
 *
 * Three years from 15 May 2023 end with 15 May 2026: whether the law's "beginning on" counts the first day or not, nobody is turned
 * away a day too early. Three years from 29 February 2024 end with 28 February 2027, the last day of that month, which is the last
 * of the three years however they are counted.
 *
 * @param index of the submission, from 0.
 */
export function inspectableUntil(filing: Filing, index: number): PlainDate | null {
  const submission = filing.submissions[index];
  if (submission === undefined || submission.answer?.accepted === false || !isInspectable(filing)) return null;
  const due = dueOf(filing);
  const { on } = submission;
  if (submission.amends) return addYears(on, inspectableYears);
  if (filing.obligation.ruleId === incomeTaxReturn) return addYears(due, inspectableYears);
  return addYears(on > due ? on : due, inspectableYears);
}

/** The documents that are open to everybody for ever: the application (Form 1023), its supporting papers, the letters about it. */
export const paperKinds = ['exemption-application', 'determination-letter'] as const satisfies readonly DocumentKind[];
export type PaperKind = (typeof paperKinds)[number];

/** A file that everybody can have at this moment. */
export interface PublicFile extends Paper {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** A document of one of these kinds. */
export interface KeptPaper {
  readonly documentId: string;
  readonly kind: PaperKind;
  readonly title: string;
  /** The first day of what it is about; the day on which it was first sealed when nobody said. */
  readonly since: PlainDate;
  /** The versions that everybody can have. */
  readonly files: readonly PublicFile[];
  /** Another document of its kind took its place, such as a copy without what the law lets it withhold. */
  readonly replaced: boolean;
}

/** What decides about the set. */
export interface InspectionFacts {
  readonly filings: readonly { readonly id: string; readonly filing: Filing }[];
  readonly papers: readonly KeptPaper[];
  /** Such as `501(c)(3)`; null when it had none on that day. */
  readonly taxStatusOn: (day: PlainDate) => string | null;
  /** The file, when everybody can have it. */
  readonly fileOf: (paper: Paper) => PublicFile | undefined;
}

export const inspectedThings = [...paperKinds, 'annual-return', 'amended-return', 'income-tax-return'] as const;
export type InspectedThing = (typeof inspectedThings)[number];

/** Something that anyone may inspect. */
export interface InspectionItem {
  readonly what: InspectedThing;
  readonly title: string;
  readonly form: Form | null;
  readonly period: Period | null;
  /** The first day on which anyone may. */
  readonly since: PlainDate;
  /** The last one; null for ever. */
  readonly until: PlainDate | null;
  /** Of a return, and the number of its submission from 1. */
  readonly filing: { readonly id: string; readonly submission: number } | null;
  /** Of a document that is open for ever. */
  readonly documentId: string | null;
  /** What everybody can have of it. */
  readonly files: readonly PublicFile[];
  /** Copies that were made for everybody, and that nobody can have any more. */
  readonly away: readonly Paper[];
}

export const reasonsForMissing = ['no-copy', 'not-filed', 'no-application', 'no-letter'] as const;

/** What should be there, and is not. */
export interface Missing {
  readonly why: (typeof reasonsForMissing)[number];
  readonly title: string;
  readonly filingId: string | null;
  readonly documentId: string | null;
  readonly period: Period | null;
  /** What to do. */
  readonly remedy: string;
}

export interface InspectionSet {
  /** What is open for ever first, then the returns: the latest period first, and of one period in the order of filing. */
  readonly items: readonly InspectionItem[];
  readonly missing: readonly Missing[];
  /** The first to drop out first. `after` is the last day on which it is in the set. */
  readonly dropsOut: readonly { readonly item: InspectionItem; readonly after: PlainDate }[];
  /** Nothing is missing. */
  readonly complete: boolean;
}

/** The set of that day, with the copies that there are now. */
export function inspectionSetOn(day: PlainDate, facts: InspectionFacts): InspectionSet {
  const { filings, papers, taxStatusOn } = facts;
  const inOrder = [...filings].sort((a, b) => compare(orderOf(b.filing), orderOf(a.filing)) || compare(a.id, b.id));
  const kept = papers
    .filter(({ since, replaced, files }) => since <= day && (!replaced || files.length > 0))
    .sort((a, b) => paperKinds.indexOf(a.kind) - paperKinds.indexOf(b.kind) || compare(a.since, b.since));
  const items = [...kept.map(itemOfPaper), ...inOrder.flatMap(({ id, filing }) => itemsOf(id, filing, day, facts))];
  const missing = [
    ...(isExempt(taxStatusOn(day)) ? missingKinds(kept) : []),
    ...items.filter(lacksCopies).map(withoutCopy),
    ...inOrder
      .filter(({ filing }) => isOverdue(filing, day) && isOpenToAll(filing, dueOf(filing), facts))
      .map(({ id, filing }) => notFiled(id, filing)),
  ];
  const dropsOut = items
    .flatMap(item => (item.until === null ? [] : [{ item, after: item.until }]))
    .sort((a, b) => compare(a.after, b.after));
  return { items, missing, dropsOut, complete: missing.length === 0 };
}

/** Form 990-T is open to everybody only when an organisation under section 501(c)(3) files it. */
const isOpenToAll = ({ obligation }: Filing, day: PlainDate, { taxStatusOn }: InspectionFacts) =>
  obligation.ruleId !== incomeTaxReturn || taxStatusOn(day) === '501(c)(3)';

const isExempt = (taxStatus: string | null) => taxStatus?.startsWith('501(c)') === true;

const orderOf = ({ obligation }: Filing) => obligation.period.to;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function itemOfPaper({ documentId, kind, title, since, files }: KeptPaper): InspectionItem {
  return { what: kind, title, form: null, period: null, since, until: null, filing: null, files, away: [], documentId };
}

function itemsOf(id: string, filing: Filing, day: PlainDate, facts: InspectionFacts): InspectionItem[] {
  const { obligation, submissions } = filing;
  return submissions.flatMap((submission, index) => {
    const until = inspectableUntil(filing, index);
    const { on, amends, publicCopies } = submission;
    if (until === null || day < on || until < day || !isOpenToAll(filing, on, facts)) return [];
    const isForTax = obligation.ruleId === incomeTaxReturn;
    const files = publicCopies.map(facts.fileOf);
    return {
      what: amends ? 'amended-return' : isForTax ? 'income-tax-return' : 'annual-return',
      title: obligation.title,
      form: submission.form ?? obligation.form,
      period: obligation.period,
      since: on,
      until,
      filing: { id, submission: index + 1 },
      documentId: null,
      files: files.filter(file => file !== undefined),
      away: publicCopies.filter((_, place) => files[place] === undefined),
    };
  });
}

/** Due before that day, not filed by then, and not so long ago that nobody could inspect it any more. */
function isOverdue(filing: Filing, day: PlainDate): boolean {
  const due = dueOf(filing);
  if (!isInspectable(filing) || filing.excuse !== null || due >= day) return false;
  if (filing.obligation.ruleId === incomeTaxReturn && addYears(due, inspectableYears) < day) return false;
  const filed = filedOn(filing);
  return filed === null || filed > day;
}

/** Of a Form 990-N there is nothing to copy: it is no return but a notice (IRC 6033(i)), which the Internal Revenue Service publishes itself. */
export const isWithoutFile = ({ form }: Pick<InspectionItem, 'form'>) => form === '990-N';

const lacksCopies = (item: InspectionItem) => item.away.length > 0 || (item.files.length === 0 && !isWithoutFile(item));

function withoutCopy({ filing, documentId, title, period }: InspectionItem): Missing {
  const remedy =
    filing === null
      ? 'Give the document the access level "public", and publish a disclosure that refers to it.'
      : `Publish copies of submission ${filing.submission} of the filing, without what the law withholds.`;
  return { why: 'no-copy', title, filingId: filing?.id ?? null, documentId, period, remedy };
}

const notFiled = (filingId: string, filing: Filing): Missing => ({
  why: 'not-filed',
  title: filing.obligation.title,
  filingId,
  documentId: null,
  period: filing.obligation.period,
  remedy: `It was due on ${dueOf(filing)}. File it and record the submission, or record why it need not be filed.`,
});

function missingKinds(papers: readonly KeptPaper[]): Missing[] {
  const nothing = { filingId: null, documentId: null, period: null };
  const lacks = (kind: PaperKind) => papers.every(paper => paper.kind !== kind);
  const application: Missing = {
    why: 'no-application',
    title: 'Application for exemption (Form 1023)',
    ...nothing,
    remedy:
      'Archive it with its supporting papers as documents of the kind "exemption-application", with its day as their period, and publish them.',
  };
  const letter: Missing = {
    why: 'no-letter',
    title: 'Letters about the exemption',
    ...nothing,
    remedy:
      'Archive them as documents of the kind "determination-letter", with their day as their period, and publish them.',
  };
  return [...(lacks('exemption-application') ? [application] : []), ...(lacks('determination-letter') ? [letter] : [])];
}
