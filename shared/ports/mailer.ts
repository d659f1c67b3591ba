/** Who takes messages and delivers them. */

/** One message to one person, in plain text. */
export interface Message {
  /** The first half of its Message-ID: the same for the same message. Letters and digits. */
  readonly id: string;
  /** Whose book it comes from. The address behind the name is a matter of the mailer. */
  readonly senderName: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** Lines that end with `\n`. */
  readonly text: string;
  /** RFC 3339: the date that it bears. */
  readonly date: string;
}

/** The message was certainly not taken. The message says why, for people who operate the system. */
export class MailRefusedError extends Error {
  /** Whether another message might be taken now: false when nobody answers, or no more is taken for a while. */
  readonly onlyThis: boolean;

  constructor(reason: string, onlyThis: boolean) {
    super(reason);
    this.onlyThis = onlyThis;
  }
}

export interface Mailer {
  /** Where the same message may be sent again, and is one message still. */
  readonly repeatable: boolean;

  /**
   * When it resolves, the message is in the hands of whoever delivers it, durably. It tries once: a retry could be a second message.
   *
   * @throws {MailRefusedError} the message was certainly not taken. After any other error it may have been. No error names anybody.
   */
  send(message: Message): Promise<void>;
}
