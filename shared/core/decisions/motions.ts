/** What is proposed: a text, what its adoption does to others, and who sees to it afterwards. */
import type { PlainDate } from '../calendar.ts';
import type { ElectionRule } from './election.ts';

/** The words of a motion. */
export interface Text {
  readonly title: string;
  /** Why, before the clauses. Markdown. */
  readonly preamble: string;
  /** What is decided, in Markdown; clauses are numbered by their author. */
  readonly text: string;
}

export interface Motion extends Text {
  /** BCP 47. */
  readonly language: string;
  /** From when on it holds; null from its adoption on. */
  readonly effectiveOn: PlainDate | null;
  /** Versions of documents of the archive; a digest binds the text to their bytes. */
  readonly attachments: readonly Attachment[];
  readonly followUp: FollowUp | null;
  /** Options instead of yes and no; null for a motion. */
  readonly election: Election | null;
  /** What its adoption does besides. */
  readonly effects: readonly Effect[];
}

export interface Attachment {
  readonly documentId: string;
  readonly version: number;
  readonly sha256: string;
}

/** Who has to have it done, and until when. */
export interface FollowUp {
  readonly personId: string;
  readonly due: PlainDate;
}

/** Options by their names, in the order of the list. */
export interface Election extends ElectionRule {
  readonly options: readonly string[];
}

/**
 * What a resolution does when it is adopted.
 *
 * - `amend-motion`: the text of a motion of the same body that is not put to the vote yet becomes this one, unless it has become
 *   another meanwhile. An amendment is a step on the way to a decision: it gets no number.
 * - `amends`, `rescinds`, `supersedes`: an adopted resolution of the same body reads otherwise, or holds no more, from the day on which this one holds.
 * - `approves-minutes`: of an earlier meeting of the body.
 */
export type Effect =
  | {
      readonly kind: 'amend-motion';
      readonly resolutionId: string;
      /** The text that it was written for. */
      readonly textVersion: number;
      readonly replacement: Text;
    }
  | { readonly kind: 'amends'; readonly resolutionId: string; readonly replacement: Text }
  | { readonly kind: 'rescinds' | 'supersedes'; readonly resolutionId: string }
  | { readonly kind: 'approves-minutes'; readonly meetingId: string };

export type Amendment = Extract<Effect, { kind: 'amend-motion' }>;

/** What a motion would make of another one that is not decided yet; undefined for a decision by itself. */
export const amendmentIn = ({ effects }: Pick<Motion, 'effects'>): Amendment | undefined =>
  effects.find((effect): effect is Amendment => effect.kind === 'amend-motion');

export const isAmendment = (motion: Pick<Motion, 'effects'>) => amendmentIn(motion) !== undefined;

/** A motion may hold so much: it has to fit into an item of the store twice, as it was and as it is. */
export const mostMotionBytes = 180_000;

/**
 * What a decision does has to fit into one commit of 100 writes with it: each resolution that it acts on takes eight, with its event and
 * what is sealed of both, and each attachment one.
 */
export const mostEffects = 8;
export const mostAttachments = 20;

export const bytesOf = (motion: object) => Buffer.byteLength(JSON.stringify(motion));

/** What is wrong with a motion by itself that no single field shows, in words that say what to do; empty when nothing is. */
export function motionProblems({ effects, attachments, followUp, election }: Omit<Motion, keyof Text>): string[] {
  const targets = effects.map(effect => ('meetingId' in effect ? effect.meetingId : effect.resolutionId));
  const problems: string[] = [];
  if (new Set(targets).size < targets.length) problems.push('Name each resolution and each meeting once.');
  if (election !== null && effects.length > 0) problems.push('An election decides about nothing else.');
  if (!isAmendment({ effects })) return problems;
  if (effects.length > 1) problems.push('An amendment of a motion does nothing else.');
  if (attachments.length > 0 || followUp !== null) {
    problems.push('An amendment changes the text of a motion: attachments and a follow-up belong to the motion.');
  }
  return problems;
}
