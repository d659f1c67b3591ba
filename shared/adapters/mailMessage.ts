/** Composes what is sent: plain text, from the book, with the headers that tell machines not to answer it. */
import type { SendMailOptions } from 'nodemailer';
import type { Message } from '../ports/mailer.ts';

/**
 * RFC 2919 (List-Id), RFC 3834 (Auto-Submitted). The same message composes to the same bytes.
 *
 * @param address where it comes from, such as `minutes@example.org`.
 */
export function composed({ id, senderName, to, subject, text, date }: Message, address: string): SendMailOptions {
  if (!/^[0-9A-Za-z]+$/.test(id)) throw new TypeError(`${id} is no name of a message`);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return {
    messageId: `<${id}@${domain}>`,
    date: new Date(date),
    from: { name: senderName, address },
    to,
    subject,
    text,
    headers: { 'List-Id': `<minutebook.${domain}>`, 'Auto-Submitted': 'auto-generated' },
    // Nothing of a message leads to a file or to an address that would be read.
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  };
}
