/** What a book says of a record in public, as it stands in its store and as it is proven over HTTP. */
import { expect } from 'vitest';
import type { ProofState } from '../../shared/contract/fields.ts';
import { type Stated, type Statement, statedKey, statementKey } from '../../shared/core/log/outbox.ts';
import type { RecordKind } from '../../shared/core/records.ts';
import { compareFields } from '../../web/verifier/fields.ts';
import type { Json, JsonRecord } from '../../web/verifier/json.ts';
import { kindsWithUsual } from '../../web/verifier/record.ts';
import type { TestBook } from './book.ts';
import type { Client } from './client.ts';

/** The latest statement; null when nothing is said. */
export async function saidOf({ records }: TestBook, kind: RecordKind, id: string): Promise<Statement | null> {
  const stated = await records.get(statedKey({ kind, id }));
  if (stated === undefined) return null;
  const { version } = stated.data as unknown as Stated;
  return (await records.get(statementKey({ kind, id, version })))?.data as unknown as Statement;
}

/** What to ask for where somebody is led for the proof of a record. @throws {Error} nowhere. */
export function placeOf(proof: ProofState) {
  if (proof === null || proof === 'pending') throw new Error(`The proof is ${proof}`);
  const [kind = '', recordId = '', , version = ''] = proof.url.slice('/v1/log/records/'.length).split('/');
  return { kind, recordId, version };
}

/**
 * Follows a record, as somebody reads it, to its proof.
 * @returns the fields that were not sealed, and what was.
 */
export async function provenTo(client: Client, record: { readonly proof: ProofState }) {
  const params = placeOf(record.proof);
  const { body } = await client.getProofOfRecord({ params });
  expect(record.proof).toMatchObject({ index: body.index });
  const content = body.sealed.content as JsonRecord;
  const shown = record as unknown as Record<string, Json>;
  return { uncovered: compareFields(shown, content, kindsWithUsual.includes(params.kind)).sort(), content };
}
