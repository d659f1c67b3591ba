/** The BlobStore on S3: the bucket `quarantine` holds `<upload>`, the bucket `archive` holds `archive/<sha256>`. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { BlobDamagedError, BlobMissingError, type BlobStore, type Bytes } from '../ports/blobStore.ts';
import { checkBytes, checkDigest, checkRange, checkUpload, checkValidity } from './blobLimits.ts';
import { base64Of, hexOf, nameOf, statusOf } from './s3Answers.ts';
import { type S3UploadsOptions, s3Uploads } from './s3Uploads.ts';

type Checksum = Pick<HeadObjectCommandOutput, 'ChecksumSHA256' | 'ChecksumType'>;

export interface S3BlobStoreOptions extends S3UploadsOptions {
  /** Versioned, with Object Lock, and with no retention by default: what turns out to be wrong bytes must go at once. */
  readonly archive: string;
  /**
   * Where links lead in place of the bucket, such as `https://files.example.org`: a CDN that asks the bucket with the same
   * path and query. They stay signed for the bucket's host.
   */
  readonly readAt?: string;
}

/**
 * Settings for the client: it hands out damaged bytes as they are, for their reader to judge. Without them, the reading of
 * such bytes ends with an error of the SDK.
 */
export const asStored = { responseChecksumValidation: 'WHEN_REQUIRED' } as const;

const writeAttempts = 5;

/**
 * Its role may list both buckets, or S3 would answer 403 in place of 404, and may read the locks of archived objects.
 *
 * Grants and links are signed with the client's credentials and end with these, at the latest: a role's last some hours,
 * whatever time was asked for. Other credentials make other addresses of the same arguments.
 *
 * Retention is GOVERNANCE: no role has the right to bypass it, so it holds against everybody who works with the book, and
 * against the book itself. COMPLIANCE would hold against the account's owner too: a retention that a wrong schedule set to
 * the year 2999 could not be undone by anybody.
 */
export function s3BlobStore(options: S3BlobStoreOptions): BlobStore {
  const { client, archive, quarantine, readAt } = options;
  const uploads = s3Uploads(options);
  const keyOf = (sha256: string) => `archive/${sha256}`;

  async function head(sha256: string): Promise<HeadObjectCommandOutput | undefined> {
    checkDigest(sha256);
    try {
      return await client.send(new HeadObjectCommand({ Bucket: archive, Key: keyOf(sha256), ChecksumMode: 'ENABLED' }));
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async function read(sha256: string, range?: string): Promise<Readable> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: archive, Key: keyOf(sha256), Range: range }));
      return Body as Readable;
    } catch (error) {
      if (nameOf(error) === 'NoSuchKey') throw missing(sha256);
      if (nameOf(error) === 'InvalidRange')
        throw new RangeError(`${sha256} has no byte in the range`, { cause: error });
      throw error;
    }
  }

  /** What S3 has computed for the object, in one piece, when it was written; otherwise what is there, read and hashed. */
  async function digestOf(sha256: string, known: Checksum): Promise<string> {
    if (known.ChecksumSHA256 !== undefined && known.ChecksumType !== 'COMPOSITE') return hexOf(known.ChecksumSHA256);
    const hash = createHash('sha256');
    for await (const chunk of await read(sha256)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  /** True when the bytes are there already. Others under their name, as a seal that crashed may leave them, are removed. */
  async function holds({ size, sha256 }: Bytes): Promise<boolean> {
    for (let found = await head(sha256); found !== undefined; found = await head(sha256)) {
      if (found.ContentLength === size && (await digestOf(sha256, found)) === sha256) return true;
      await removeVersion(sha256, found.VersionId);
    }
    return false;
  }

  async function removeVersion(sha256: string, version: string | undefined): Promise<void> {
    await client.send(new DeleteObjectCommand({ Bucket: archive, Key: keyOf(sha256), VersionId: version }));
  }

  /** Undefined when the bytes are there already. S3 refuses two who write one name at once; then it is tried again. */
  async function writeOnce<T>(bytes: Bytes, write: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        const isTaken = statusOf(error) === 412;
        if (isTaken && (await holds(bytes))) return undefined;
        if (!(isTaken || nameOf(error) === 'ConditionalRequestConflict') || attempt === writeAttempts) throw error;
      }
    }
  }

  return {
    ...uploads,

    async seal(upload, bytes) {
      checkUpload(upload);
      checkBytes(bytes);
      const { sha256 } = bytes;
      if (await holds(bytes)) return;
      const source = await uploads.headOfUpload(upload);
      const damaged = (is: string) => new BlobDamagedError(`Upload ${upload} is ${is} instead of ${sha256}`);
      if (source.ContentLength !== bytes.size) throw damaged(`${source.ContentLength} bytes`);
      // What came in one piece has a checksum of the whole, so nothing wrong is ever put there.
      if (source.ChecksumType === 'FULL_OBJECT' && source.ChecksumSHA256 !== base64Of(sha256)) {
        throw damaged(String(source.ChecksumSHA256));
      }
      const copied = await writeOnce(bytes, () =>
        client.send(
          new CopyObjectCommand({
            Bucket: archive,
            Key: keyOf(sha256),
            CopySource: `${quarantine}/${upload}`,
            CopySourceIfMatch: source.ETag,
            IfNoneMatch: '*',
            ChecksumAlgorithm: 'SHA256',
            // Nothing that the sender said of the bytes goes with them, nor the tag of the scanner.
            MetadataDirective: 'REPLACE',
            ContentType: 'application/octet-stream',
            TaggingDirective: 'REPLACE',
          }),
        ),
      );
      if (copied === undefined) return;
      // Of an upload in parts S3 knows the digest only now, as that of the copy. A crash before the version is removed leaves
      // wrong bytes under this name, which no record names yet; `holds` finds and removes them when it is sealed again.
      const digest = await digestOf(sha256, copied.CopyObjectResult ?? {});
      if (digest === sha256) return;
      await removeVersion(sha256, copied.VersionId);
      throw damaged(digest);
    },

    async put(content) {
      const bytes = { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
      await writeOnce(bytes, () =>
        client.send(
          new PutObjectCommand({
            Bucket: archive,
            Key: keyOf(bytes.sha256),
            Body: content,
            ContentLength: bytes.size,
            ContentType: 'application/octet-stream',
            ChecksumSHA256: base64Of(bytes.sha256),
            IfNoneMatch: '*',
          }),
        ),
      );
      return bytes;
    },

    async sizeOf(sha256) {
      return (await head(sha256))?.ContentLength;
    },

    async read(sha256, range) {
      checkDigest(sha256);
      if (range === undefined) return read(sha256);
      checkRange(range);
      return read(sha256, `bytes=${range.first}-${range.last}`);
    },

    async link(sha256, { type, disposition, cacheControl }, validity) {
      checkDigest(sha256);
      checkValidity(validity);
      const command = new GetObjectCommand({
        Bucket: archive,
        Key: keyOf(sha256),
        ResponseContentType: type,
        ResponseContentDisposition: disposition,
        ResponseCacheControl: cacheControl,
      });
      const { at, seconds } = validity;
      const url = await getSignedUrl(client, command, { signingDate: new Date(at), expiresIn: seconds });
      return readAt === undefined ? url : url.replace(new URL(url).origin, readAt);
    },

    async protect(sha256, { retainUntil, hold }) {
      const found = await head(sha256);
      if (found === undefined) throw missing(sha256);
      const of = { Bucket: archive, Key: keyOf(sha256), VersionId: found.VersionId };
      const until = retainUntil === null ? undefined : new Date(retainUntil);
      // S3 itself refuses to move a retention to an earlier time, should another one come in between.
      if (until !== undefined && until > (found.ObjectLockRetainUntilDate ?? 0)) {
        const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: until } as const;
        await client.send(new PutObjectRetentionCommand({ ...of, Retention }));
      }
      if (hold !== (found.ObjectLockLegalHoldStatus === 'ON')) {
        const LegalHold = { Status: hold ? 'ON' : 'OFF' } as const;
        await client.send(new PutObjectLegalHoldCommand({ ...of, LegalHold }));
      }
    },

    async remove(sha256) {
      checkDigest(sha256);
      const Key = keyOf(sha256);
      // No other key begins with this one, so one answer (a thousand versions) has them all, the present one first: as long as
      // that is protected nothing is removed. A crash leaves older versions, which removing again removes.
      const { Versions = [], DeleteMarkers = [] } = await client.send(
        new ListObjectVersionsCommand({ Bucket: archive, Prefix: Key }),
      );
      for (const { VersionId } of [...Versions, ...DeleteMarkers]) await removeVersion(sha256, VersionId);
    },
  };
}

const missing = (sha256: string) => new BlobMissingError(`${sha256} is not in the archive`);
