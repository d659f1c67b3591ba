/** The half of the BlobStore on S3 that takes uploads: in one piece, or in the parts of a multipart upload. */
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { BlobMissingError, type BlobStore, type Grant, type Part, type Verdict } from '../ports/blobStore.ts';
import { checkBytes, checkPart, checkParts, checkUpload, checkValidity } from './blobLimits.ts';
import { base64Of, hexOf, nameOf, statusOf } from './s3Answers.ts';

export interface S3UploadsOptions {
  /** Its `maxAttempts` decide how long network faults and throttling are borne. */
  readonly client: S3Client;
  /** Not versioned. What nobody finishes there is removed by a rule of its life cycle: sessions of parts, too. */
  readonly quarantine: string;
  /** True when GuardDuty looks at every upload. Nobody else may set its tag: the bucket's policy sees to that. */
  readonly scanned: boolean;
}

type OfUploads =
  | 'grantUpload'
  | 'beginParts'
  | 'grantPart'
  | 'listParts'
  | 'joinParts'
  | 'sizeOfUpload'
  | 'readUpload'
  | 'scan'
  | 'discardUpload';

export interface S3Uploads extends Pick<BlobStore, OfUploads> {
  /** @throws {BlobMissingError} */
  headOfUpload(upload: string): Promise<HeadObjectCommandOutput>;
}

/** These headers are signed as headers, with the length: as part of the query they would bind nobody. */
const unhoistableHeaders = new Set(['x-amz-checksum-sha256', 'if-none-match']);

export function s3Uploads({ client, quarantine, scanned }: S3UploadsOptions): S3Uploads {
  const objectOf = (upload: string) => {
    checkUpload(upload);
    return { Bucket: quarantine, Key: upload };
  };

  async function headOfUpload(upload: string): Promise<HeadObjectCommandOutput> {
    try {
      return await client.send(new HeadObjectCommand({ ...objectOf(upload), ChecksumMode: 'ENABLED' }));
    } catch (error) {
      if (statusOf(error) === 404) throw missing(upload);
      throw error;
    }
  }

  async function sizeOfUpload(upload: string): Promise<number | undefined> {
    try {
      return (await headOfUpload(upload)).ContentLength;
    } catch (error) {
      if (error instanceof BlobMissingError) return undefined;
      throw error;
    }
  }

  /** With the ETag by which S3 knows each part. */
  async function arrivedParts(upload: string, session: string): Promise<(Part & { readonly ETag: string })[]> {
    const arrived: (Part & { readonly ETag: string })[] = [];
    let after: string | undefined;
    do {
      const {
        Parts = [],
        IsTruncated,
        NextPartNumberMarker,
      } = await client.send(new ListPartsCommand({ ...objectOf(upload), UploadId: session, PartNumberMarker: after }));
      for (const { PartNumber = 0, Size = 0, ETag = '', ChecksumSHA256 = '' } of Parts) {
        arrived.push({ number: PartNumber, size: Size, sha256: hexOf(ChecksumSHA256), ETag });
      }
      after = IsTruncated ? NextPartNumberMarker : undefined;
    } while (after !== undefined);
    return arrived;
  }

  return {
    headOfUpload,
    sizeOfUpload,

    async grantUpload(upload, bytes, validity): Promise<Grant> {
      checkBytes(bytes);
      checkValidity(validity);
      const checksum = base64Of(bytes.sha256);
      const command = new PutObjectCommand({
        ...objectOf(upload),
        ContentLength: bytes.size,
        ChecksumSHA256: checksum,
        IfNoneMatch: '*',
      });
      const { at, seconds } = validity;
      const url = await getSignedUrl(client, command, {
        signingDate: new Date(at),
        expiresIn: seconds,
        unhoistableHeaders,
      });
      return { method: 'PUT', url, headers: { 'x-amz-checksum-sha256': checksum, 'if-none-match': '*' } };
    },

    /** An attempt whose answer was lost leaves a session that nobody knows: the bucket's life cycle ends it. */
    async beginParts(upload) {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ ...objectOf(upload), ChecksumAlgorithm: 'SHA256' }),
      );
      return String(UploadId);
    },

    async grantPart(upload, session, part, validity): Promise<Grant> {
      checkPart(part);
      checkValidity(validity);
      const checksum = base64Of(part.sha256);
      const command = new UploadPartCommand({
        ...objectOf(upload),
        UploadId: session,
        PartNumber: part.number,
        ContentLength: part.size,
        ChecksumSHA256: checksum,
      });
      const { at, seconds } = validity;
      const url = await getSignedUrl(client, command, {
        signingDate: new Date(at),
        expiresIn: seconds,
        unhoistableHeaders,
      });
      return { method: 'PUT', url, headers: { 'x-amz-checksum-sha256': checksum } };
    },

    async listParts(upload, session) {
      try {
        return (await arrivedParts(upload, session)).map(({ number, size, sha256 }) => ({ number, size, sha256 }));
      } catch (error) {
        if (nameOf(error) === 'NoSuchUpload') return [];
        throw error;
      }
    },

    async joinParts(upload, session, parts) {
      checkParts(parts);
      try {
        const arrived = new Map((await arrivedParts(upload, session)).map(part => [part.number, part]));
        const Parts = parts.map(({ number, size, sha256 }): CompletedPart => {
          const found = arrived.get(number);
          if (found?.size === size && found.sha256 === sha256) {
            return { PartNumber: number, ETag: found.ETag, ChecksumSHA256: base64Of(sha256) };
          }
          throw new BlobMissingError(`Part ${number} has not arrived`);
        });
        await client.send(
          new CompleteMultipartUploadCommand({ ...objectOf(upload), UploadId: session, MultipartUpload: { Parts } }),
        );
      } catch (error) {
        // Joined before, perhaps by an attempt of ours whose answer was lost; or discarded, and then there is nothing.
        if (nameOf(error) !== 'NoSuchUpload') throw error;
        if ((await sizeOfUpload(upload)) === undefined) throw missing(upload);
      }
    },

    async readUpload(upload) {
      try {
        const { Body } = await client.send(new GetObjectCommand(objectOf(upload)));
        return Body as Readable;
      } catch (error) {
        if (nameOf(error) === 'NoSuchKey') throw missing(upload);
        throw error;
      }
    },

    async scan(upload) {
      const object = objectOf(upload);
      if (!scanned) return 'none';
      try {
        const { TagSet = [] } = await client.send(new GetObjectTaggingCommand(object));
        return verdictOf(TagSet.find(({ Key }) => Key === 'GuardDutyMalwareScanStatus')?.Value);
      } catch (error) {
        if (nameOf(error) === 'NoSuchKey') return 'pending';
        throw error;
      }
    },

    async discardUpload(upload, session) {
      const object = objectOf(upload);
      if (session !== null) {
        try {
          await client.send(new AbortMultipartUploadCommand({ ...object, UploadId: session }));
        } catch (error) {
          if (nameOf(error) !== 'NoSuchUpload') throw error;
        }
      }
      await client.send(new DeleteObjectCommand(object));
    },
  };
}

/**
 * What GuardDuty could not look into (UNSUPPORTED: behind a password, or nested too deep; ACCESS_DENIED; FAILED) stays
 * pending: it is not known to be infected, and is kept from the archive until somebody has it looked at again.
 */
function verdictOf(status: string | undefined): Verdict {
  switch (status) {
    case 'NO_THREATS_FOUND':
      return 'clean';
    case 'THREATS_FOUND':
      return 'infected';
    default:
      return 'pending';
  }
}

const missing = (upload: string) => new BlobMissingError(`Upload ${upload} is not there`);
