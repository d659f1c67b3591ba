/** Harm to archived bytes, done on the store itself and not through the book; and its undoing. */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Place } from './book.ts';

const fileOf = (folder: string, sha256: string) => join(folder, 'archive', sha256.slice(0, 2), sha256);

function rewrite(file: string, content: Uint8Array): void {
  rmSync(file, { force: true });
  writeFileSync(file, content);
  chmodSync(file, 0o400);
}

function flipped(content: Uint8Array): Buffer {
  const other = Buffer.from(content);
  const middle = other.length >> 1;
  other[middle] = (other[middle] ?? 0) ^ 1;
  return other;
}

/** Flips one bit. @returns what undoes it. */
export async function flipBit(place: Place, sha256: string): Promise<() => Promise<void>> {
  if ('folder' in place) {
    const file = fileOf(place.folder, sha256);
    const content = readFileSync(file);
    rewrite(file, flipped(content));
    return async () => rewrite(file, content);
  }
  const of = { Bucket: place.archive, Key: `archive/${sha256}` };
  const { Body } = await place.client.send(new GetObjectCommand(of));
  const content = await Body?.transformToByteArray();
  await place.client.send(new PutObjectCommand({ ...of, Body: flipped(content ?? new Uint8Array()) }));
  return () => removeLatest(place.client, of);
}

/** Takes a file away. @returns what undoes it. */
export async function takeAway(place: Place, sha256: string): Promise<() => Promise<void>> {
  if ('folder' in place) {
    const file = fileOf(place.folder, sha256);
    const content = readFileSync(file);
    rmSync(file);
    return async () => rewrite(join(dirname(file), sha256), content);
  }
  const of = { Bucket: place.archive, Key: `archive/${sha256}` };
  // Without a version this leaves a marker on top of what is locked.
  await place.client.send(new DeleteObjectCommand(of));
  return () => removeLatest(place.client, of);
}

/** Ends the retention of a file before its time, as its time would. */
export async function endLock(place: Place, sha256: string): Promise<void> {
  if ('folder' in place) return;
  const of = { Bucket: place.archive, Key: `archive/${sha256}`, BypassGovernanceRetention: true };
  const soon = new Date(Date.now() + 1000);
  await place.client.send(
    new PutObjectRetentionCommand({ ...of, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: soon } }),
  );
  await pause(1100);
}

async function removeLatest(client: S3Client, of: { readonly Bucket: string; readonly Key: string }): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await client.send(
    new ListObjectVersionsCommand({ Bucket: of.Bucket, Prefix: of.Key }),
  );
  const latest = [...Versions, ...DeleteMarkers].find(({ IsLatest }) => IsLatest);
  await client.send(new DeleteObjectCommand({ ...of, VersionId: latest?.VersionId }));
}
