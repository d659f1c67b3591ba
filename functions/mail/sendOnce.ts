/**
 * Sends one message at most once, whoever else tries.
 *
 * The claim comes first: a crash behind it leaves a message of which nobody knows whether it was sent. Where the mailer knows
 * a message again, it is sent again; elsewhere it is not, and the operator is told. See docs/decisions/0013-mail-is-sent-once.md.
 */
import { instant } from '../../shared/core/calendar.ts';
import {
  isAbandoned,
  type Mailing,
  messageId,
  type Sending,
  sendingExpiresAt,
  sendingKey,
} from '../../shared/core/mailings.ts';
import { letterOf } from '../../shared/core/mailTexts.ts';
import type { Person } from '../../shared/core/people.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { inTime } from '../../shared/http/inTime.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { MailRefusedError } from '../../shared/ports/mailer.ts';
import type { Item } from '../../shared/ports/recordStore.ts';
import type { Limits, MailServices } from './services.ts';
import type { Told } from './told.ts';

export interface Errand {
  readonly mailing: Mailing;
  readonly told: Told;
  readonly services: MailServices;
  readonly limits: Limits;
}

export interface Recipient {
  readonly personId: string;
  readonly person: Person | undefined;
  /** What is known of the message. */
  readonly before: Item | undefined;
}

/**
 * `done`: nothing is to be sent any more. `elsewhere`: somebody else is at it. `refused`: this message was, others may not be.
 * `halted`: no other should be tried now.
 */
export type Fate = 'sent' | 'done' | 'elsewhere' | 'refused' | 'halted';

export async function sendOnce({ personId, person, before }: Recipient, errand: Errand): Promise<Fate> {
  const { mailing, told, services, limits } = errand;
  const { records, mailer, now } = services;
  const sending = before?.data as unknown as Sending | undefined;
  if (sending?.state === 'sent' || sending?.state === 'unknown') return 'done';

  /** The item as it is then; undefined when somebody else was faster. */
  const note = async (read: Item | undefined, state: Sending['state']): Promise<Item | undefined> => {
    const put: Item = {
      key: sendingKey(mailing.id, personId),
      version: (read?.version ?? 0) + 1,
      data: { state, at: instant(now()) },
      expiresAt: sendingExpiresAt(mailing),
    };
    const expect = read === undefined ? 'absent' : { version: read.version };
    return (await isFirst(records.commit([{ put, expect }]))) ? put : undefined;
  };
  const giveUp = async (read: Item, why: string) => {
    const unknown = new Error(`Nobody knows whether person ${personId} was sent ${mailing.id}: ${why}`);
    // Said before it is noted: twice in the worst case, and never not at all.
    logFaults(unknown, 'mailUnknown', services);
    await note(read, 'unknown');
  };

  if (before !== undefined && sending !== undefined && !mailer.repeatable) {
    if (!isAbandoned(sending, instant(now()))) return 'elsewhere';
    await giveUp(before, 'whoever was sending it broke off');
    return 'done';
  }
  const address = person?.email ?? null;
  if (person === undefined || address === null || !(await told.concerns(personId))) return 'done';
  const { letterhead, notice } = told;
  const message = {
    id: messageId(mailing.id, personId),
    senderName: letterhead.organisation,
    to: { name: person.name, address },
    ...letterOf(notice, letterhead, person.name),
    date: mailing.dueAt,
  };

  const claim = await note(before, 'handing');
  if (claim === undefined) return 'elsewhere';
  // A crash from here on leaves the claim behind: whoever finds it sends only what is no second message by being sent again.
  try {
    await inTime(mailer.send(message), limits.patienceMilliseconds, 'The mail server did not answer in time');
  } catch (error) {
    const wasRefused = error instanceof MailRefusedError;
    if (wasRefused || mailer.repeatable) {
      logFaults(error, 'sendMail', services);
      await isFirst(records.commit([{ remove: claim.key, expect: { version: claim.version } }]));
      return wasRefused && error.onlyThis ? 'refused' : 'halted';
    }
    await giveUp(claim, String(error));
    return 'halted';
  }
  await note(claim, 'sent');
  return 'sent';
}

/** False when the commit found that somebody else had written. */
async function isFirst(commit: Promise<void>): Promise<boolean> {
  try {
    await commit;
    return true;
  } catch (error) {
    if (error instanceof VersionConflictError) return false;
    throw error;
  }
}
