/** The transparency log: what is proven, and that the log only ever grew. Its tiles and its checkpoint are files, not operations. */
import * as z from 'zod/mini';
import { event, exampleEntry, recordParams } from './events.ts';
import { instant, proofState } from './fields.ts';
import { resource } from './route.ts';

const digits = (what: string) =>
  z.pipe(z.string().check(z.regex(/^(0|[1-9]\d{0,14})$/, `Must be ${what}.`)), z.transform(Number));

const version = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'Must be the number of a version, from 1.')),
  z.transform(Number),
);

const base64 = z.string().check(z.describe('Base64'));
const proofFile = z
  .string()
  .check(z.describe('A C2SP tlog-proof file, with the newest checkpoint and all of its signatures.'));

const proven = {
  salt: base64.check(z.describe('32 bytes: the seal is the SHA-256 of them and of the canonical JSON of `sealed`.')),
  index: z.int().check(z.describe('The place in the log, from 0.')),
  proof: proofFile,
};

const statement = z.strictObject({
  at: instant,
  record: z.strictObject({ kind: z.string(), id: z.string(), version: z.int() }),
  content: z.record(z.string(), z.json()),
});

const exampleKey = 'book.example.org/log+0aca0475+AfOJLm6ZaHDqA1H1Q7vcmVc6Z8UPyV2AB35FmCBK4n3v';
const examplePolicy = `log ${exampleKey} https://book.example.org/log\nquorum none\n`;
const exampleHash = 'h4ocYYZy1JSSBq49BqqQdFEYYkRpRUC7vvAqBwXlZgM=';
const exampleCheckpoint = `book.example.org/log\n1\n${exampleHash}\n\n— book.example.org/log CsoEdQ...\n`;
const exampleProven = {
  salt: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  index: 0,
  proof: `c2sp.org/tlog-proof@v1\nindex 0\n\n${exampleCheckpoint}`,
};

export const logRoutes = resource({
  getLog: {
    method: 'GET',
    path: '/v1/log',
    summary: 'What the log is called, how large it is, by which keys it is signed and by whom it is witnessed',
    answer: z
      .strictObject({
        origin: z.string(),
        checkpoint: z.string().check(z.describe('Address of the newest checkpoint. Tiles are found from there.')),
        size: z.int().check(z.describe('So many entries are published.')),
        keys: z
          .array(
            z.strictObject({
              key: z.string().check(z.describe('A C2SP verifier key.')),
              recordedAt: instant,
              state: z
                .enum(['signing', 'retired'])
                .check(z.describe('`signing`: the newest checkpoint is signed by it. `retired`: earlier ones were.')),
              proof: proofState,
              handover: z
                .nullable(proofFile)
                .check(
                  z.describe(
                    'Proves the same, with a checkpoint that the key before has signed, too: for whoever trusts only that one. Null of the first key, of one that took the place of a lost key, and for some seconds of a new one.',
                  ),
                ),
            }),
          )
          .check(z.describe('The newest first.')),
        witnesses: z.array(
          z.strictObject({
            name: z.string(),
            key: z.string(),
            cosignedAt: z.nullable(instant).check(z.describe('The newest checkpoint; null when it has not.')),
          }),
        ),
        quorum: z
          .strictObject({ needed: z.int(), of: z.int(), there: z.int() })
          .check(z.describe('How many witnesses the policy demands, of how many, and how many have cosigned.')),
        policy: z.string().check(z.describe('A C2SP tlog-policy file, for verifiers.')),
      })
      .check(z.meta({ id: 'Log' })),
    status: 200,
    example: {
      answer: {
        origin: 'book.example.org/log',
        checkpoint: '/log/checkpoint',
        size: 1,
        keys: [
          {
            key: exampleKey,
            recordedAt: '2024-02-09T17:00:00.000Z',
            state: 'signing',
            proof: { index: 0, url: '/v1/log/records/log-key/0aca0475/versions/1' },
            handover: null,
          },
        ],
        witnesses: [],
        quorum: { needed: 0, of: 0, there: 0 },
        policy: examplePolicy,
      },
    },
  },
  readLogPolicy: {
    method: 'GET',
    path: '/log/policy',
    summary: 'The keys of the log and of its witnesses, as a policy for verifiers (C2SP tlog-policy)',
    answer: z.string(),
    status: 200,
    type: 'text/plain; charset=utf-8',
    example: { answer: examplePolicy },
  },
  getProofOfRecord: {
    method: 'GET',
    path: '/v1/log/records/{kind}/{recordId}/versions/{version}',
    summary: 'Prove what the book said of a record from one of its versions on',
    description:
      'For whoever may read the record, and has, or could have, read it as it was then. 503 as long as it is not published in the log.',
    params: z.extend(recordParams, { version }),
    answer: z.strictObject({ sealed: statement, ...proven }).check(z.meta({ id: 'ProvenStatement' })),
    status: 200,
    example: {
      answer: {
        sealed: {
          at: '2024-02-09T17:00:00.000Z',
          record: { kind: 'log-key', id: '0aca0475', version: 1 },
          content: { key: exampleKey },
        },
        ...exampleProven,
      },
    },
  },
  getProofOfEvent: {
    method: 'GET',
    path: '/v1/log/events/{kind}/{recordId}/{version}',
    summary: 'Prove one event: who did what to a record, and when',
    description: '503 as long as it is not published in the log.',
    params: z.extend(recordParams, { version }),
    answer: z.strictObject({ sealed: event, ...proven }).check(z.meta({ id: 'ProvenEvent' })),
    status: 200,
    example: { answer: { sealed: { ...exampleEntry, changes: [] }, ...exampleProven } },
  },
  getEntry: {
    method: 'GET',
    path: '/v1/log/entries/{index}',
    summary: 'Read one entry of the log, and the proof that it stands there',
    params: z.strictObject({ index: digits('the place of an entry, from 0') }),
    answer: z.strictObject({
      entry: z.string().check(z.describe('Canonical JSON: when it was sealed, and the seal.')),
      proof: proofFile,
    }),
    status: 200,
    example: {
      answer: {
        entry: `{"at":"2024-02-09T17:00:00.000Z","seal":"${exampleHash}","v":1}`,
        proof: exampleProven.proof,
      },
    },
  },
  getConsistency: {
    method: 'GET',
    path: '/v1/log/consistency',
    summary: 'Prove that the log with more entries continues the one with fewer',
    query: z.strictObject({
      from: digits('a number of entries').check(z.describe('Entries of the smaller log.')),
      to: digits('a number of entries').check(z.describe('Entries of the larger one; at most what is published.')),
    }),
    answer: z.strictObject({
      from: z.int(),
      to: z.int(),
      hashes: z.array(base64).check(z.describe('As RFC 9162, section 2.1.4, has them.')),
    }),
    status: 200,
    example: { answer: { from: 1, to: 2, hashes: [exampleHash] } },
  },
});
