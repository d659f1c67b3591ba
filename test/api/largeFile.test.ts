/** A file of two hundred megabytes: in parts, through kills of client and server, up and down again with flat memory. */
import { describe, expect, it } from 'vitest';
import { carry, embeddedSite, s3Site } from '../support/largeFile.ts';
import { s3ServerMissing } from '../support/s3Server.ts';

const megabytes = 200;
/** What the server may add to itself; on Linux only can it be told. */
const mostBytes = 120 * 2 ** 20;

const missing = s3ServerMissing();

describe.each([
  { store: 'files', open: embeddedSite, skipped: undefined },
  { store: `S3${missing === undefined ? '' : ` (${missing})`}`, open: s3Site, skipped: missing },
])('a large file on its way into $store', ({ open, skipped }) => {
  it.skipIf(skipped !== undefined)(
    'survives the client and the server being killed, whole and with flat memory',
    {
      timeout: 120_000,
    },
    async () => {
      const site = await open();
      try {
        const { sent, received, killedAt, parts, serverPeak, serverAtStart } = await carry(site, megabytes);
        expect(received).toBe(sent);
        for (const arrived of killedAt) {
          expect(arrived).toBeGreaterThan(0);
          expect(arrived).toBeLessThan(parts);
        }
        if (process.platform === 'linux') expect(serverPeak - serverAtStart).toBeLessThan(mostBytes);
      } finally {
        await site.close();
      }
    },
  );
});
