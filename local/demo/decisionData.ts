/** What the bodies of a demonstration book have decided, as data. `key`s stand for people, resolutions and meetings. */
import type { interestsRoutes } from '../../shared/contract/interests.ts';
import type { Input } from '../../shared/contract/route.ts';
import type { DemoCitation } from './citation.ts';

export interface DemoDecisions {
  readonly declarations: readonly DemoDeclarations[];
  /** The body that meets. */
  readonly body: string;
  readonly meetings: readonly DemoMeeting[];
  readonly consents: readonly DemoConsent[];
  /** Put to the vote when the book is loaded, for so many days. */
  readonly open: DemoMotion & { readonly votesDays: number };
  /** Still to come, so many days after the book is loaded. */
  readonly upcoming: {
    readonly title: string;
    readonly inDays: number;
    readonly hour: string;
    readonly hours: number;
    readonly place: string;
    readonly agenda: readonly string[];
  };
}

/** Who declared which interests for a year at that time; this year, now, when it names none. */
export interface DemoDeclarations {
  readonly year: string | null;
  readonly at: string | null;
  readonly by: Readonly<Record<string, Input<typeof interestsRoutes.declareInterests>['body']['interests']>>;
}

export interface DemoMeeting {
  readonly key: string;
  readonly title: string;
  readonly startsAt: string;
  readonly hours: number;
  readonly place: string;
  readonly present: readonly string[];
  /** Those of them who take part from afar. */
  readonly remote: readonly string[];
  readonly guests: readonly string[];
  readonly motions: readonly DemoMotion[];
  readonly minutesAfterDays: number;
}

export interface DemoMotion {
  readonly key: string;
  readonly title: string;
  readonly preamble: string;
  readonly text: string;
  readonly mover: string;
  readonly seconder: string;
  readonly effectiveOn?: string;
  readonly attachments?: readonly DemoCitation[];
  readonly effects?: readonly { readonly kind: 'rescinds' | 'approves-minutes'; readonly of: string }[];
  readonly followUp?: {
    readonly person: string;
    readonly due: string;
    readonly doneOn?: string;
    readonly note?: string;
  };
  readonly recused?: readonly { readonly person: string; readonly facts: string }[];
  /** Who is there and not named votes for it; all do when it is absent. */
  readonly votes?: Readonly<Record<string, 'yes' | 'no' | 'abstain'>>;
}

export interface DemoConsent extends Pick<DemoMotion, 'key' | 'title' | 'preamble' | 'text'> {
  readonly drafter: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly signers: readonly { readonly person: string; readonly at: string }[];
}
