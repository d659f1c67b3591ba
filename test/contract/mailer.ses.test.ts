/** The mailer on AWS, with the real client of SES, against a server that answers as SES does. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sesMailer } from '../../shared/adapters/sesMailer.ts';
import { MailRefusedError } from '../../shared/ports/mailer.ts';
import { describeMailer, messageOf, sender } from './mailer.suite.ts';

interface Sent {
  readonly FromEmailAddress: string;
  readonly Destination: object;
  readonly raw: Buffer;
}

let server: Server;
let origin: string;
let sent: Sent[] = [];
/** Status and name of the error; null takes the message, 'cut' breaks off without an answer. */
let answer: readonly [number, string] | null | 'cut' = null;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    expect(`${request.method} ${request.url}`).toBe('POST /v2/email/outbound-emails');
    sent.push({ ...body, raw: Buffer.from(body.Content.Raw.Data, 'base64') });
    if (answer === 'cut') return void request.socket.destroy();
    response.setHeader('content-type', 'application/json');
    if (answer === null) return void response.end(JSON.stringify({ MessageId: 'taken' }));
    const [status, name] = answer;
    response.writeHead(status, { 'x-amzn-errortype': name });
    response.end(JSON.stringify({ message: 'Email address is not verified: jamie@test.example' }));
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  sent = [];
  answer = null;
});

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const open = (endpoint = origin) => sesMailer(sender, { region: 'us-east-1', endpoint, credentials });

describeMailer('the mailer on SES', () => ({
  mailer: open(),
  taken: id => sent.filter(({ raw }) => raw.includes(`${id}@`)).map(({ raw }) => raw),
}));

it('names the sender and the one recipient in the envelope', async () => {
  await open().send(messageOf());
  expect(sent[0]).toMatchObject({
    FromEmailAddress: expect.stringContaining('<minutes@book.example.org>'),
    Destination: { ToAddresses: ['jamie@test.example'] },
  });
});

const failure = async () => {
  const error = await open()
    .send(messageOf())
    .catch((fault: unknown) => fault);
  return error as Error;
};

it.each([
  [400, 'MessageRejected', true],
  [400, 'BadRequestException', true],
  [429, 'TooManyRequestsException', false],
  [400, 'LimitExceededException', false],
  [400, 'SendingPausedException', false],
  [400, 'AccountSuspendedException', false],
  [403, 'AccessDeniedException', false],
])('knows by %i %s that nothing was sent', async (status, name, onlyThis) => {
  answer = [status, name];
  const error = await failure();
  expect(error).toBeInstanceOf(MailRefusedError);
  expect(error).toMatchObject({ onlyThis });
  expect(sent).toHaveLength(1);
});

it('knows that nothing was sent to a server that nobody answers at', async () => {
  const error = await open('http://127.0.0.1:9')
    .send(messageOf())
    .catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(MailRefusedError);
  expect(error).toMatchObject({ onlyThis: false });
});

it.each([['an error of the server', [500, 'InternalServiceError']] as const, ['a cut connection', 'cut'] as const])(
  'does not know after %s, and does not send again by itself',
  async (_, given) => {
    answer = given;
    const error = await failure();
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefusedError);
    expect(sent).toHaveLength(1);
  },
);

it('names nobody in an error', async () => {
  for (const status of [400, 500]) {
    answer = [status, 'MessageRejected'];
    const error = await failure();
    expect(`${error.stack}${String(error.cause)}`).not.toContain('jamie');
  }
});
