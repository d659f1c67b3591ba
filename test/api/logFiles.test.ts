/** The files of the log as the embedded server gives them out: to whoever follows, checks or mirrors it, from wherever. */
import { expect, it } from 'vitest';
import { verifyLog } from '../../web/verifier/log.ts';
import { readPolicy } from '../../web/verifier/policy.ts';
import { describeOnEachStore } from '../support/book.ts';
import { draftOf } from '../support/disclosures.ts';
import { rawRequest } from '../support/rawRequest.ts';
import { sealNow } from '../support/sealing.ts';

describeOnEachStore('the files of the log', book => {
  it('are what a verifier needs in order to check all of it', async () => {
    const { size } = await sealNow(book());
    const policy = await readPolicy(await (await fetch(`${book().origin}/log/policy`)).text());
    const finding = await verifyLog(async path => {
      const answer = await fetch(`${book().origin}/log/${path}`);
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    }, policy);
    expect([finding.checkpoint.size, finding.entries]).toEqual([size, size]);
  });

  it('have their types, and are kept for seconds or for ever', async () => {
    const { size } = await sealNow(book());
    const forEver = 'public, max-age=31536000, immutable';
    for (const [path, type, kept] of [
      ['checkpoint', 'text/plain; charset=utf-8', 'public, max-age=2'],
      [`tile/0/000.p/${size}`, 'application/octet-stream', forEver],
      [`tile/entries/000.p/${size}`, 'application/octet-stream', forEver],
      ['verifier.js', 'text/javascript; charset=utf-8', 'public, max-age=300'],
      ['verify-page.js', 'text/javascript; charset=utf-8', 'public, max-age=300'],
    ] as const) {
      const address = `${book().origin}/log/${path}`;
      const answer = await fetch(address);
      const body = Buffer.from(await answer.arrayBuffer());
      const named = ['content-type', 'cache-control', 'x-content-type-options', 'access-control-allow-origin'];
      expect(named.map(name => answer.headers.get(name))).toEqual([type, kept, 'nosniff', '*']);
      expect(answer.headers.get('content-length')).toBe(String(body.length));
      const head = await fetch(address, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(body.length)]);
      const etag = String(answer.headers.get('etag'));
      const again = await fetch(address, { headers: { 'if-none-match': `"other", W/${etag}` } });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const preflight = await fetch(address, { method: 'OPTIONS' });
      expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD']);
      const written = await fetch(address, { method: 'PUT', body: 'other' });
      expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });

  it('are another checkpoint once there is more in the log, and the same tiles', async () => {
    const before = await sealNow(book());
    const ask = async (path: string) => {
      const answer = await fetch(`${book().origin}/log/${path}`);
      return [answer.headers.get('etag'), Buffer.from(await answer.arrayBuffer()).toString('hex')];
    };
    const [checkpoint, tile] = [await ask('checkpoint'), await ask(`tile/0/000.p/${before.size}`)];
    await draftOf(book());
    await sealNow(book());
    expect(await ask('checkpoint')).not.toEqual(checkpoint);
    expect(await ask(`tile/0/000.p/${before.size}`)).toEqual(tile);
  });

  it('are nothing else, however the path is written', async () => {
    const { size } = await sealNow(book());
    const absent = ['tile/0/000', `tile/0/000.p/${size + 1}`, 'tile/1/000', 'tile/0/x001/000', 'tile/entries/000'];
    const other = [
      ...['', 'tile/', 'tile/0/0', 'tile/0/0000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/64/000', 'Checkpoint'],
      ...['../book.sqlite', 'tile/../../book.sqlite', '%2e%2e/book.sqlite', 'tile/0/..%2f..%2f..%2fbook.sqlite'],
      ...['checkpoint/', '/checkpoint', 'checkpoint%00', 'tile\\0\\000', 'constructor', '__proto__', 'log.pem'],
    ];
    for (const path of [...absent, ...other]) {
      const answer = await rawRequest(book().origin, `/log/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});
