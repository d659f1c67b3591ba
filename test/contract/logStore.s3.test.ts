/** The LogStore contract on a real S3 server, and how what lies there is described to a CDN. */
import { randomUUID } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3LogStore } from '../../shared/adapters/s3LogStore.ts';
import { createBuckets, s3Client, s3ServerMissing, sharedS3Server } from '../support/s3Server.ts';
import { logStoreSuite } from './logStore.suite.ts';

const missing = s3ServerMissing();

describe.skipIf(missing)(`LogStore on S3${missing ? ` (left out: ${missing})` : ''}`, () => {
  logStoreSuite(async () => {
    const endpoint = await sharedS3Server();
    const { client, archive: bucket } = await createBuckets(endpoint);
    const clients = [client];
    const prefix = 'log/';
    return {
      store: s3LogStore({ client, bucket, prefix }),
      connect() {
        const other = s3Client(endpoint);
        clients.push(other);
        return s3LogStore({ client: other, bucket, prefix });
      },
      fresh: async () => s3LogStore({ client, bucket, prefix: `${randomUUID()}/` }),
      close() {
        for (const each of clients) each.destroy();
      },
    };
  });

  it('keeps tiles for ever in caches, and the checkpoint for seconds', async () => {
    const { client, archive: bucket } = await createBuckets(await sharedS3Server());
    const store = s3LogStore({ client, bucket, prefix: 'log/' });
    await store.putNew('tile/0/000', new Uint8Array(8192));
    await store.replaceCheckpoint('first', undefined);
    const headOf = (path: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: `log/${path}` }));
    expect(await headOf('tile/0/000')).toMatchObject({
      ContentType: 'application/octet-stream',
      CacheControl: 'public, max-age=31536000, immutable',
    });
    expect(await headOf('checkpoint')).toMatchObject({
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'public, max-age=2',
    });
    client.destroy();
  });
});
