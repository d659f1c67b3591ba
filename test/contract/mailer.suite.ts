/** What every mailer does with a message. */

import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Mailer, Message } from '../../shared/ports/mailer.ts';

export const sender = 'minutes@book.example.org';

export const messageOf = (change: Partial<Message> = {}): Message => ({
  id: v7().replaceAll('-', ''),
  senderName: 'Test Society',
  to: { name: 'Jamie Boex', address: 'jamie@test.example' },
  subject: '[Test Society] Please vote: Adoption of the plan',
  text: 'Dear Jamie,\n\nplease vote.\n',
  date: '2026-03-02T15:00:00.000Z',
  ...change,
});

export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** What was taken, as it goes out, by the id of the message. */
  taken(id: string): Promise<readonly Buffer[]> | readonly Buffer[];
}

export function describeMailer(name: string, open: () => MailerUnderTest): void {
  describe(name, () => {
    const send = async (message: Message) => {
      const { mailer, taken } = open();
      await mailer.send(message);
      const [bytes, ...more] = await taken(message.id);
      expect(more).toEqual([]);
      return readMail(bytes ?? Buffer.alloc(0));
    };

    it('sends plain text to one person, from the book, and tells machines not to answer', async () => {
      const message = messageOf();
      const { headers, text } = await send(message);
      expect(Object.fromEntries(headers)).toEqual({
        from: 'Test Society <minutes@book.example.org>',
        to: 'Jamie Boex <jamie@test.example>',
        subject: '[Test Society] Please vote: Adoption of the plan',
        'message-id': `<${message.id}@book.example.org>`,
        date: 'Mon, 02 Mar 2026 15:00:00 +0000',
        'list-id': '<minutebook.book.example.org>',
        'auto-submitted': 'auto-generated',
        'mime-version': '1.0',
        'content-type': 'text/plain; charset=utf-8',
        'content-transfer-encoding': expect.stringMatching(/^(7bit|quoted-printable)$/),
      });
      expect(text).toBe('Dear Jamie,\n\nplease vote.\n');
    });

    it('carries any letters, and lines of any length', async () => {
      const text = `Grüße aus Ürümqi, 東京 und 🏛️\n${'long '.repeat(500)}\n.\n..\nFrom here\n`;
      const to = { name: 'Zoë, "the" Łuk <x>', address: 'zoe@test.example' };
      const got = await send(messageOf({ text, to, subject: 'Ärger 🏛️ — '.repeat(12), senderName: 'Verein „Süd“' }));
      expect(got.text).toBe(text);
      expect(got.header('subject').trim()).toBe('Ärger 🏛️ — '.repeat(12).trim());
      expect(got.header('to')).toMatch(/zoe@test\.example>$/);
      expect(got.header('to')).toContain('Łuk');
      expect(got.header('from')).toContain('Verein „Süd“');
    });

    it.each([
      ['subject', { subject: 'Vote\r\nBcc: everybody@test.example\r\n\r\nHello' }],
      ['name', { to: { name: 'Eve\r\nBcc: everybody@test.example', address: 'jamie@test.example' } }],
      ['name with an address', { to: { name: 'Eve <everybody@test.example>, x', address: 'jamie@test.example' } }],
      ['sender', { senderName: 'Society\nBcc: everybody@test.example' }],
      ['id', { id: 'abc>\r\nBcc: everybody@test.example' }],
    ] as const)('makes no header, and no other recipient, of what stands in the %s', async (_, change) => {
      const { mailer, taken } = open();
      const message = messageOf(change);
      await mailer.send(message).catch(() => {});
      for (const bytes of await taken(message.id)) {
        const { headers } = readMail(bytes);
        expect(headers.map(([name]) => name)).not.toContain('bcc');
        expect(new Set(headers.map(([name]) => name)).size).toBe(headers.length);
        const [, to = ''] = /^To: (.*(?:\r\n .*)*)$/m.exec(bytes.toString()) ?? [];
        // Without what is quoted, or written in code, there is one address.
        expect(to.replaceAll(/"(\\.|[^"\\])*"|=\?.*?\?=/g, '').replaceAll(/\s/g, '')).toMatch(
          /^\w*<jamie@test\.example>$/,
        );
      }
    });

    it('composes the same message to the same bytes', async () => {
      const { mailer, taken } = open();
      const message = messageOf({ text: 'Grüße\n' });
      const again = { ...message, id: `${message.id}x` };
      await mailer.send(message);
      await mailer.send(again);
      const [first, second] = [await taken(message.id), await taken(again.id)].map(all => all[0]?.toString() ?? '');
      expect(second).toBe(first?.replace(message.id, again.id));
    });
  });
}

/** The headers by their names in small letters, unfolded and decoded, and the text. */
export function readMail(bytes: Buffer) {
  const raw = bytes.toString('latin1');
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map(line => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 1).trim())] as const;
    });
  const header = (name: string) => headers.find(([one]) => one === name)?.[1] ?? '';
  const body = raw.slice(end + 4);
  const encoding = header('content-transfer-encoding');
  const content =
    encoding === 'quoted-printable' ? unquoted(body) : Buffer.from(body, encoding === 'base64' ? 'base64' : 'latin1');
  return { headers, header, text: content.toString('utf8').replaceAll('\r\n', '\n') };
}

const unquoted = (text: string) =>
  Buffer.from(
    text
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** RFC 2047. */
const decodedWords = (text: string) =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      (kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : unquoted(word.replaceAll('_', ' '))).toString('utf8'),
    );
