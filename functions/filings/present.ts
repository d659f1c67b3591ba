/** Filings as callers see them. */
import type { filingsRoutes } from '../../shared/contract/filings.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import { latenessOf, penaltiesOf } from '../../shared/core/filings/consequences.ts';
import { dueOf, type Filing, filedOn, type Paper, standing, stateOf } from '../../shared/core/filings/filings.ts';
import { askUntil, daysLeft, statusOf } from '../../shared/core/filings/standing.ts';
import type { Person } from '../../shared/core/people.ts';
import type { Stored } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { presentAttachments } from '../resolutions/attachments.ts';
import { type Circumstances, readCircumstances } from './readCircumstances.ts';

export type PresentedFiling = Answer<(typeof filingsRoutes)['getFiling']>;
type PresentedEntry = Answer<(typeof filingsRoutes)['listFilings']>['items'][number];

export function presentEntry({ id, version, data }: Stored<Filing>, circumstances: Circumstances): PresentedEntry {
  const { today, responsible, figures } = circumstances;
  const { ruleId, title, authority, period, form, fee, named, due, extendable } = data.obligation;
  const { days } = latenessOf(data, today);
  return {
    ...{ id, version, ruleId, title, authority, period, form, fee, named, extendable },
    ruleDue: due,
    due: dueOf(data),
    state: stateOf(data),
    filedOn: filedOn(data),
    filedForm: standing(data)[0]?.form ?? null,
    status: statusOf(data, today),
    daysLeft: daysLeft(data, today),
    daysLate: days,
    penalties: penaltiesOf(data, today, figures(data)),
    askUntil: askUntil(data, today),
    responsible: [...responsible(data)],
  };
}

export async function presentFiling(
  records: RecordStore,
  filing: Stored<Filing>,
  { caller, now, today }: { readonly caller: Caller; readonly now: Instant; readonly today: PlainDate },
): Promise<PresentedFiling> {
  const { data } = filing;
  const { obligation, preparedSince, review, moved, extension, submissions, excuse } = data;
  const [circumstances, people, shown] = await Promise.all([
    readCircumstances(records, [data], today),
    readEach<Person>(records, 'person', review?.given.map(({ personId }) => personId) ?? []),
    presentPapers(records, papersOf(data), caller, now),
  ]);
  const shownAll = (papers: readonly Paper[]) => papers.map(shown);
  const shownIf = (paper: Paper | null) => (paper === null ? null : shown(paper));
  return {
    ...presentEntry(filing, circumstances),
    explanation: obligation.explanation,
    citation: obligation.citation,
    preparedSince,
    review: review && {
      paper: shown(review.paper),
      given: review.given.map(({ personId, on }) => ({
        person: { id: personId, name: people.get(personId)?.name ?? '' },
        on,
      })),
    },
    moved: moved && { ...moved, evidence: shownIf(moved.evidence) },
    extension: extension && { ...extension, evidence: shownIf(extension.evidence) },
    submissions: submissions.map((submission, index) => ({
      number: index + 1,
      ...submission,
      papers: shownAll(submission.papers),
      publicCopies: shownAll(submission.publicCopies),
    })),
    excuse: excuse && { ...excuse, evidence: shownIf(excuse.evidence) },
  };
}

const papersOf = ({ review, moved, extension, submissions, excuse }: Filing): readonly Paper[] =>
  [
    review?.paper,
    moved?.evidence,
    extension?.evidence,
    excuse?.evidence,
    ...submissions.flatMap(({ papers, publicCopies }) => [...papers, ...publicCopies]),
  ].flatMap(paper => paper ?? []);

type Shown = PresentedFiling['submissions'][number]['papers'][number];

async function presentPapers(
  records: RecordStore,
  papers: readonly Paper[],
  caller: Caller,
  now: Instant,
): Promise<(paper: Paper) => Shown> {
  const found = new Map<string, Shown>();
  for (const some of inParts(papers)) {
    for (const [index, { sha256, document }] of (await presentAttachments(records, some, caller, now)).entries()) {
      const paper = some[index];
      if (paper !== undefined) found.set(nameOf(paper), { sha256, document });
    }
  }
  return paper => found.get(nameOf(paper)) ?? { sha256: paper.sha256, document: null };
}

const nameOf = ({ documentId, version }: Paper) => `${documentId}~${version}`;

/** So many are read at once, each with three items. */
const papersAtOnce = 30;

/** Each paper once, and no document twice in one part. */
function inParts(papers: readonly Paper[]): Paper[][] {
  const parts: Paper[][] = [];
  for (const paper of new Map(papers.map(one => [nameOf(one), one])).values()) {
    const isFree = (part: Paper[]) =>
      part.length < papersAtOnce && part.every(({ documentId }) => documentId !== paper.documentId);
    const part = parts.find(isFree);
    if (part === undefined) parts.push([paper]);
    else part.push(paper);
  }
  return parts;
}
