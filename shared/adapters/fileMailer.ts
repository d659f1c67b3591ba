/** Messages as files, `ID.eml`, each there whole or not at all; whoever runs the book passes them on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mailer } from '../ports/mailer.ts';
import { makeFolder, publishOnce, removeLeftovers, writeAside } from './fileBlobFiles.ts';
import { composed } from './mailMessage.ts';

/** @param folder made with the first message, in a folder that exists. @param sender the address that messages come from. */
export function fileMailer(folder: string, sender: string): Mailer {
  if (existsSync(folder)) removeLeftovers(folder);
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    repeatable: true,
    async send(message) {
      const { message: bytes } = await transport.sendMail(composed(message, sender));
      await makeFolder(folder);
      // A message that is there stays as it is: it may be on its way already.
      await writeAside(folder, [bytes as Buffer], ({ temporary }) =>
        publishOnce(temporary, join(folder, `${message.id}.eml`)),
      );
    },
  };
}
