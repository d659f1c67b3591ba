/** The texts of a motion: the hash by which each is known, and how one differs from the one before. */
import canonicalize from 'canonicalize';
import { diffArrays } from 'diff';
import type { Key } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { sha256 } from '../digest.ts';
import { partKey } from '../records.ts';
import type { Motion, Text } from './motions.ts';

/**
 * SHA-256, in hexadecimal, of the canonical JSON (RFC 8785, in UTF-8) of an object with exactly these fields of the motion:
 * `title`, `preamble`, `text`, `language`, `effectiveOn`, `attachments` (the SHA-256 of each, in order), `election`, `effects`.
 * It stands for all that is decided, so it is what a signature is given for; who sees to it afterwards is no part of it.
 */
export function textHash({ title, preamble, text, language, effectiveOn, attachments, election, effects }: Motion) {
  const digests = attachments.map(attachment => attachment.sha256);
  const decided = { title, preamble, text, language, effectiveOn, attachments: digests, election, effects };
  return sha256(canonicalize(decided) ?? '');
}

/** A text as it stands beside the record of its resolution. Written once. */
export interface StoredText extends Text {
  readonly textVersion: number;
  readonly textHash: string;
  readonly at: Instant;
  /** Who wrote it; null for an amendment, which a body decided. */
  readonly by: string | null;
  /** The resolution that amended the motion to this text. */
  readonly amendment: string | null;
}

export const textPrefix = 'text#';

export const textKey = (resolutionId: string, textVersion: number): Key =>
  partKey('resolution', resolutionId, `${textPrefix}${String(textVersion).padStart(6, '0')}`);

/** A piece of two texts: what is the same in both, what only the later one has, what only the earlier one had. */
export interface Difference {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

const fields = ['title', 'preamble', 'text'] as const;

/** @param before undefined for the first text, all of which is added. */
export function textDifferences(before: Text | undefined, after: Text): Record<keyof Text, Difference[]> {
  const [title, preamble, text] = fields.map(field => differences(before?.[field] ?? '', after[field]));
  return { title: title ?? [], preamble: preamble ?? [], text: text ?? [] };
}

/** So many pieces may come and go before the search for the fewest is given up: what it costs grows with their square. */
const mostEdits = 400;

/**
 * The pieces of both texts in order: without what was added they are the earlier text, without what was removed the later one.
 * Word by word; line by line where too many words differ; and all of it where too many lines do.
 */
export function differences(before: string, after: string): Difference[] {
  for (const pieces of [wordsOf, linesOf]) {
    const changes = diffArrays(pieces(before), pieces(after), { maxEditLength: mostEdits });
    if (changes !== undefined) {
      return joined(
        changes.map(({ added, removed, value }) => ({
          kind: added ? 'added' : removed ? 'removed' : 'same',
          text: value.join(''),
        })),
      );
    }
  }
  return joined([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
}

const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Changes with nothing but space between them are one: what was removed, then what was added. */
function joined(pieces: readonly Difference[]): Difference[] {
  const result: Difference[] = [];
  let change = { removed: '', added: '' };
  const flush = () => {
    for (const kind of ['removed', 'added'] as const)
      if (change[kind] !== '') result.push({ kind, text: change[kind] });
    change = { removed: '', added: '' };
  };
  for (const [index, { kind, text }] of pieces.entries()) {
    const isBetween = text.trim() === '' && index > 0 && index < pieces.length - 1;
    if (kind === 'same' && !isBetween) {
      flush();
      result.push({ kind, text });
    } else {
      if (kind !== 'added') change.removed += text;
      if (kind !== 'removed') change.added += text;
    }
  }
  flush();
  return result;
}
