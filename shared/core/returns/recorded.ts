/** What the book keeps of a return that was filed: what it says, as far as everybody may know it. */

import { StateConflictError, wrongField } from '../../errors.ts';
import type { JsonObject } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import type { Filing, Paper, Submission } from '../filings/filings.ts';
import type { Form, Period } from '../filings/obligations.ts';
import { type Row, rowKey, type Stored } from '../records.ts';
import type { Postcard } from './postcard.ts';
import type { Figure, FigureName, ReturnContent, Withholding } from './returns.ts';

/** What stands beside the record, because it may be long. */
export interface Details
  extends Pick<
    ReturnContent,
    'documents' | 'officers' | 'accomplishments' | 'partVI' | 'explanations' | 'restricted' | 'mission'
  > {
  readonly withheld: readonly Withholding[];
}

/** The record: one for each submission, under the identifier of the filing and the number of the submission. */
export interface RecordedReturn {
  readonly filingId: string;
  /** From 1. */
  readonly submission: number;
  readonly form: Form;
  readonly amended: boolean;
  readonly period: Pick<Period, 'from' | 'to'>;
  /** Nine digits. */
  readonly ein: string;
  readonly name: string;
  readonly figures: { readonly [Name in FigureName]?: Figure };
  /** Null for a postcard. */
  readonly file: ReturnFile | null;
  readonly postcard: Postcard | null;
  readonly recordedBy: string | null;
  readonly recordedAt: Instant;
}

/** What was read. */
export interface ReturnFile
  extends Pick<ReturnContent, 'schema' | 'schemaKnown' | 'filedAt' | 'initial' | 'final' | 'state'> {
  readonly original: Paper;
  readonly copy: Paper & { readonly name: string; readonly size: number };
  /** How many parts the details stand in. */
  readonly parts: number;
  /** False when the details are longer than the book keeps: the public copy has all of them. */
  readonly isWhole: boolean;
}

export const returnIdOf = (filingId: string, submission: number) => `${filingId}~${submission}`;

/** What lists show. */
export interface ReturnCard
  extends Pick<
    RecordedReturn,
    'filingId' | 'submission' | 'form' | 'amended' | 'period' | 'name' | 'figures' | 'recordedAt'
  > {
  readonly id: string;
}

/** A few in a year, as organisations owe them. By the last day of their period, filing and submission. */
export const returnList = 'returns';

export function returnRows({ id, data }: Stored<RecordedReturn>): Row[] {
  const { filingId, submission, form, amended, period, name, figures, recordedAt } = data;
  const card: ReturnCard = { id, filingId, submission, form, amended, period, name, figures, recordedAt };
  const sort = `${period.to}#${filingId}#${String(submission).padStart(2, '0')}`;
  return [{ key: rowKey(returnList, sort), card: card as unknown as JsonObject }];
}

/** So many places are told in which a contributor stays named. */
export const mostStays = 100;

/** So many bytes of details are kept of a return, as JSON: several times what the longest have. */
export const mostDetailBytes = 1_500_000;
/** Of which so many stand in one part. */
const partBytes = 150_000;

/** The details as far as they are kept, the most telling first, and the parts of the text in which they stand. */
export function partsOf(details: Details): { readonly parts: readonly string[]; readonly isWhole: boolean } {
  const encoder = new TextEncoder();
  let left = mostDetailBytes;
  let isWhole = true;
  const kept = <Entry>(entries: readonly Entry[]) => {
    const fitting: Entry[] = [];
    for (const entry of entries) {
      left -= encoder.encode(JSON.stringify(entry)).length + 1;
      if (left < 0) {
        isWhole = false;
        break;
      }
      fitting.push(entry);
    }
    return fitting;
  };
  const { withheld, documents, mission, partVI, officers, restricted, accomplishments, explanations } = details;
  const fitted: Details = {
    withheld: kept(withheld),
    documents: kept(documents),
    mission: mission === null ? null : (kept([mission])[0] ?? null),
    partVI: kept(partVI),
    officers: kept(officers),
    restricted: kept(restricted),
    accomplishments: kept(accomplishments),
    explanations: kept(explanations),
  };
  return { parts: piecesOf(JSON.stringify(fitted)), isWhole };
}

export const detailsIn = (parts: readonly string[]): Details => JSON.parse(parts.join(''));

/** A text in pieces that are short enough for an item of the store. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  const room = new Uint8Array(partBytes);
  const encoder = new TextEncoder();
  for (let rest = text; rest !== ''; ) {
    const { read } = encoder.encodeInto(rest, room);
    pieces.push(rest.slice(0, read));
    rest = rest.slice(read);
  }
  return pieces;
}

/**
 * What a return is to be read for.
 * @throws {ValidationError} there is no such submission.
 * @throws {StateConflictError} the authority rejected it: it is no filing.
 */
export function demandStanding({ submissions }: Filing, number: number): Submission {
  const submission = submissions[number - 1];
  if (submission === undefined) throw wrongField('/submission', 'The filing has no submission of this number.');
  if (submission.answer?.accepted === false) {
    throw new StateConflictError('The authority rejected this submission. Read the return that was filed instead.');
  }
  return submission;
}
