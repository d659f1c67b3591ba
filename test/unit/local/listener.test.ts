/** A taken port lets go of everybody, however slow they are. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { listen } from '../../../local/listener.ts';

it.each([
  ['nothing', ''],
  ['half a header', 'POST / HTTP/1.1\r\nHost: local'],
  ['half a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf'],
])('closes although a client has sent %s', async (_, sent) => {
  const listener = await listen(0, '127.0.0.1', 200);
  let asked = 0;
  listener.answerWith(() => asked++);
  const socket = connect(listener.port, listener.host);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(sent);
  if (sent.includes('\r\n\r\n')) await expect.poll(() => asked).toBe(1);
  const cut = once(socket, 'close');
  const started = Date.now();
  await listener.close();
  await cut;
  expect(Date.now() - started).toBeLessThan(2000);
});

it('lets a request under way finish', async () => {
  const listener = await listen(0);
  listener.answerWith((_request, response) => setTimeout(() => response.end('done'), 200));
  const answer = fetch(listener.origin);
  await new Promise(resolve => setTimeout(resolve, 100));
  await listener.close();
  expect(await (await answer).text()).toBe('done');
});

it('answers 503 until there is something to answer with', async () => {
  const listener = await listen(0);
  const answer = await fetch(listener.origin);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  await listener.close();
});

it('cuts a request whose body does not arrive in time, unless its listener sees to that', async () => {
  const listener = await listen(0, '127.0.0.1', 200, 100);
  listener.answerWith(
    (request, response) => request.resume().once('end', () => response.end('done')),
    request => request.url === '/patient',
  );
  const answers = ['/', '/patient'].map(async path => {
    const socket = connect(listener.port, listener.host);
    const head = `POST ${path} HTTP/1.1\r\nHost: local\r\nConnection: close\r\nContent-Length: 4\r\n\r\n`;
    socket.write(`${head}ha`);
    setTimeout(() => socket.write('lf'), 400);
    socket.on('error', () => {});
    const chunks: Buffer[] = [];
    socket.on('data', chunk => chunks.push(chunk));
    await once(socket, 'close');
    return Buffer.concat(chunks).toString().split('\r\n')[0];
  });
  expect(await Promise.all(answers)).toEqual(['HTTP/1.1 408 Request Timeout', 'HTTP/1.1 200 OK']);
  await listener.close();
});
