/** What the sending of mail needs from the outside world, and what bounds it. */
import type { JobServices } from '../../shared/http/operation.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';

export interface MailServices extends Omit<JobServices, 'blobs'> {
  readonly mailer: Mailer;
  /** Scheme and host by which the public knows the book. */
  readonly origin: string;
}

export interface Limits {
  /** How many messages are on their way at a time, once one was taken. */
  readonly atOnce: number;
  /** For one message; then nobody knows what became of it. */
  readonly patienceMilliseconds: number;
  /** True once no other message is to be begun; what is left is sent by the next run. */
  readonly isOver: () => boolean;
}
