/** What a mailing tells, to be sent to everybody concerned. */
import type { Letterhead, Notice } from '../../shared/core/mailTexts.ts';

export interface Told {
  readonly notice: Notice;
  readonly letterhead: Letterhead;
  /** The book holds invented data. */
  readonly isDemonstration: boolean;
  /** Everybody who may be concerned, up to a hundred at a time; somebody may come twice. */
  readonly recipients: () => AsyncIterable<readonly string[]>;
  /** Whether somebody is, at this moment: never when their seat has ended. */
  readonly concerns: (personId: string) => Promise<boolean>;
}
