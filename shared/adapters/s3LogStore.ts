/** The LogStore on S3: a bucket that a CDN reads. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { placeOf } from '../core/log/tiles.ts';
import { LogForkError, type LogStore } from '../ports/logStore.ts';
import { cacheControls, logTypes } from './logHeaders.ts';
import { nameOf, statusOf } from './s3Answers.ts';

export interface S3LogStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Before every path, such as `log/`. */
  readonly prefix: string;
}

const writeAttempts = 5;

export function s3LogStore({ client, bucket, prefix }: S3LogStoreOptions): LogStore {
  const at = (path: string) => ({ Bucket: bucket, Key: prefix + path });

  async function read(path: string): Promise<{ bytes: Uint8Array; tag: string } | undefined> {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand(at(path)));
      if (Body === undefined || ETag === undefined) throw new Error(`S3 answered ${path} without a body or an ETag`);
      return { bytes: await Body.transformToByteArray(), tag: ETag };
    } catch (error) {
      if (nameOf(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** False when the condition did not hold. S3 refuses two who write one name at once; then it is tried again. */
  async function put(path: string, content: Uint8Array, type: string, cacheControl: string, condition: object) {
    for (let attempt = 1; ; attempt++) {
      try {
        const how = { ContentType: type, CacheControl: cacheControl, ChecksumAlgorithm: 'SHA256' as const };
        await client.send(new PutObjectCommand({ ...at(path), Body: content, ...how, ...condition }));
        return true;
      } catch (error) {
        if (statusOf(error) === 412 || nameOf(error) === 'NoSuchKey') return false;
        if (nameOf(error) !== 'ConditionalRequestConflict' || attempt === writeAttempts) throw error;
      }
    }
  }

  return {
    async putNew(path, content) {
      const condition = { IfNoneMatch: '*' };
      if (await put(checked(path), content, logTypes.tile, cacheControls.immutable, condition)) return;
      const there = await read(path);
      if (there === undefined || Buffer.compare(there.bytes, content) !== 0) {
        throw new LogForkError(`${path} has other bytes than the log`);
      }
    },

    read: async path => (await read(checked(path)))?.bytes,

    async readCheckpoint() {
      const there = await read('checkpoint');
      return there && { content: textOf(there.bytes), tag: there.tag };
    },

    async replaceCheckpoint(content, known) {
      const condition = known === undefined ? { IfNoneMatch: '*' } : { IfMatch: known.tag };
      const bytes = new TextEncoder().encode(content);
      if (await put('checkpoint', bytes, logTypes.checkpoint, cacheControls.checkpoint, condition)) return true;
      // An answer that was lost on its way makes our own second try look like another's first.
      const there = await read('checkpoint');
      return there !== undefined && textOf(there.bytes) === content;
    },
  };
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

/** @throws {RangeError} it is no path of a tile or a bundle. */
function checked(path: string): string {
  if (placeOf(path) === null) throw new RangeError(`${path} is no path of the log`);
  return path;
}
