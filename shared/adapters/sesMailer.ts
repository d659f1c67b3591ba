/** Messages through Amazon SES. */
import { SESv2Client, type SESv2ClientConfig, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { createTransport } from 'nodemailer';
import { type Mailer, MailRefusedError } from '../ports/mailer.ts';
import { composed } from './mailMessage.ts';

/** Answers that speak of this message alone; other refusals would meet the next one, too. */
const ofThisMessage = new Set(['BadRequestException', 'MessageRejected']);

/** Faults before anything was sent. */
const notConnected = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

/** @param sender the address that messages come from. @param config for tests; on Lambda the SDK finds all it needs. */
export function sesMailer(sender: string, config: SESv2ClientConfig = {}): Mailer {
  // The SDK would send again what may have been taken: SES knows no idempotency.
  const sesClient = new SESv2Client({ ...config, maxAttempts: 1 });
  const transport = createTransport({ SES: { sesClient, SendEmailCommand } });
  return {
    repeatable: false,
    async send(message) {
      try {
        await transport.sendMail(composed(message, sender));
      } catch (error) {
        throw translated(error);
      }
    },
  };
}

/** An answer below 500 refuses; one above, or none, leaves open what became of the message. */
function translated(error: unknown): Error {
  const { name, message, code, $metadata } = error as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const isRefusal = status === undefined ? notConnected.has(code ?? '') : status >= 400 && status < 500;
  // What SES says of a message names whom it is for, and logs name nobody. So the fault itself goes no further.
  const reason = `${name}: ${message}`.replaceAll(/[^\s<>,:]+@[^\s<>,:]+/g, '(an address)');
  return isRefusal ? new MailRefusedError(reason, ofThisMessage.has(name)) : new Error(reason);
}
