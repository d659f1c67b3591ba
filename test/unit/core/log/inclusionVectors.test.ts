// Inclusion proofs of others, right and wrong ones, are judged as they say.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isIncluded } from '../../../../shared/core/log/proofs.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'merkle', 'inclusion');

interface Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

describe.skipIf(!existsSync(folder))('an inclusion proof of the vectors that are given', () => {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
    : [];

  it('is one of many', () => expect(files.length).toBeGreaterThan(90));

  it.each(files)('%s', name => {
    const vector = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector;
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
    const proof = (vector.proof ?? []).map(bytes);
    const isGood = isIncluded(bytes(vector.leafHash), vector.leafIdx, vector.treeSize, proof, bytes(vector.root));
    expect(isGood, vector.desc).toBe(!vector.wantErr);
  });
});
