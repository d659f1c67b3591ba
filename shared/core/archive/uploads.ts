/**
 * Uploads: from the leave to send bytes to the moment when they are sealed as a version, refused or abandoned.
 *
 * The state is never stored: it follows from what happened and from the moment of asking.
 */
import { StateConflictError } from '../../errors.ts';
import type { Part } from '../../ports/blobStore.ts';
import type { Key } from '../../ports/recordStore.ts';
import { type Instant, instant } from '../calendar.ts';
import { rowKey } from '../records.ts';

/** The largest file, in bytes: the most that the store copies in one request is a little more. */
export const maxFileBytes = 5_000_000_000;

/** Files up to this size come in one piece, larger ones in parts of it. S3 takes no smaller parts than 5 MiB. */
export const partBytes = 16 * 1024 * 1024;

/** A grant is good for minutes, an upload for a day. */
const grantSeconds = 15 * 60;
export const uploadHours = 24;

/** What somebody declares before sending. */
export interface Declaration {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
}

/** The record. */
export interface Upload extends Declaration {
  readonly documentId: string;
  /** The person who may send and complete it. */
  readonly by: string;
  readonly declaredAt: Instant;
  /** What the store knows an upload in parts by; null for one in one piece. */
  readonly session: string | null;
  /** When the bytes had arrived and it was completed. */
  readonly receivedAt: Instant | null;
  readonly outcome: Outcome | null;
}

/** `version` is the number under which it was sealed; `refused` says why it was not. */
export type Outcome =
  | { readonly at: Instant; readonly version: number; readonly refused: null }
  | { readonly at: Instant; readonly version: null; readonly refused: string };

export type UploadState = 'waiting' | 'received' | 'sealed' | 'refused' | 'abandoned';

export const endOf = ({ declaredAt }: Pick<Upload, 'declaredAt'>): Instant =>
  instant(new Date(Date.parse(declaredAt) + uploadHours * 3_600_000));

/** For how long a grant is good that is given now: minutes, and not beyond the end of the upload. */
export function grantValidity(upload: Pick<Upload, 'declaredAt'>, now: Instant) {
  const left = Math.floor((Date.parse(endOf(upload)) - Date.parse(now)) / 1000);
  const seconds = Math.max(1, Math.min(grantSeconds, left));
  return { at: now, seconds, expiresAt: instant(new Date(Date.parse(now) + seconds * 1000)) };
}

export function uploadStateAt(upload: Upload, now: Instant): UploadState {
  if (upload.outcome !== null) return upload.outcome.refused === null ? 'sealed' : 'refused';
  if (upload.receivedAt !== null) return 'received';
  return endOf(upload) <= now ? 'abandoned' : 'waiting';
}

/** How many parts a file comes in; null for one piece. */
export function partsOf({ size }: Pick<Declaration, 'size'>): number | null {
  return size <= partBytes ? null : Math.ceil(size / partBytes);
}

/** The size of a part, counted from 1. */
export function sizeOfPart({ size }: Pick<Declaration, 'size'>, number: number): number {
  return Math.min(partBytes, size - (number - 1) * partBytes);
}

/** The numbers of the parts that have not arrived in their size. */
export function missingParts(upload: Declaration, arrived: readonly Part[]): number[] {
  const sizes = new Map(arrived.map(part => [part.number, part.size]));
  const numbers = Array.from({ length: partsOf(upload) ?? 0 }, (_, index) => index + 1);
  return numbers.filter(number => sizes.get(number) !== sizeOfPart(upload, number));
}

/** @throws {StateConflictError} nothing can be sent any more. */
export function demandWaiting(upload: Upload, now: Instant): void {
  const state = uploadStateAt(upload, now);
  if (state === 'waiting') return;
  const advice = state === 'received' ? 'It is being examined; read it again in a moment.' : 'Begin a new one.';
  throw new StateConflictError(`The upload is ${state}. ${advice}`);
}

/** The list of uploads of the last day, by the time of declaration: what their grants brought has to be forgotten after it. */
export const openUploads = 'uploads';
export const openUploadKey = (id: string, { declaredAt }: Pick<Upload, 'declaredAt'>): Key =>
  rowKey(openUploads, `${declaredAt}#${id}`);

/** The list of uploads to be examined. A row appears when an upload is complete and goes when it is sealed or refused. */
export const toExamine = 'examine';
export const toExamineKey = (id: string): Key => rowKey(toExamine, id);

/** How often the examination of one upload may die, taking everything with it, before the upload is refused. */
export const maxAttempts = 3;
