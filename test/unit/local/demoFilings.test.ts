/** The compliance calendar of the demonstration book, as it is made on any day: nothing of what it promises depends on the year. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoBook, readDemoBook } from '../../../local/demo/book.ts';
import { demoClock } from '../../../local/demo/clock.ts';
import { createDemoBook } from '../../../local/demo/create.ts';
import { type EmbeddedServer, startServer } from '../../../local/server.ts';
import { embeddedServices } from '../../../local/services.ts';
import { openFileBlobStore } from '../../../shared/adapters/fileBlobStore.ts';
import { openSqliteRecordStore } from '../../../shared/adapters/sqliteRecordStore.ts';
import { newFolder } from '../../support/book.ts';
import { type Client, clientFor } from '../../support/client.ts';

const whole: DemoBook = readDemoBook();
const needed = new Set([
  ...whole.filings.documents.map(({ key }) => key),
  ...whole.filings.policies.map(({ document }) => document),
  'exemption-application',
  'determination-letter',
]);
const citesOnly = ({ documents = [] }: DemoBook['disclosures'][number]) =>
  documents.length > 0 && documents.every(({ document }) => needed.has(document));

/** What filings need of it: the rest has a test of its own. */
const book: DemoBook = {
  ...whole,
  bodies: [],
  seats: whole.seats.filter(({ body }) => body === 'board'),
  documents: whole.documents
    .filter(({ key }) => needed.has(key))
    .map(document => ({ ...document, body: null, review: null })),
  disclosures: whole.disclosures.filter(citesOnly),
  decisions: { ...whole.decisions, declarations: [], meetings: whole.decisions.meetings.slice(0, 1), consents: [] },
};

const contributors = Object.values(book.filings.years).flatMap(year => year.contributors);
/** What nobody but those who govern may read. */
const secrets = [...new Set(contributors.flatMap(({ name, street, city }) => [name, street, city]))];

describe.each([
  { today: '2026-03-01', returns: 3, next: 'us-irs-return~2025-12-31', preparing: true },
  { today: '2026-11-22', returns: 4, next: 'us-irs-return~2026-12-31', preparing: false },
  { today: '2027-03-01', returns: 4, next: 'us-irs-return~2026-12-31', preparing: true },
  { today: '2028-02-29', returns: 5, next: 'us-irs-return~2027-12-31', preparing: true },
])('the calendar of the demonstration book that was made on $today', ({ today, returns, next, preparing }) => {
  const folder = newFolder();
  const [file, files] = [join(folder, 'book.sqlite'), join(folder, 'files')];
  const now = () => new Date(`${today}T17:00:00.000Z`);
  const progress: number[] = [];
  let server: EmbeddedServer;
  let anybody: Client;
  let treasurer: Client;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const told = (done: number, of: number) => progress.push(done / of);
    await createDemoBook(folder, file, files, told, { book, clock: demoClock(now) });
    const records = openSqliteRecordStore(file);
    const blobs = openFileBlobStore(files, { now: () => now().getTime() });
    const services = {
      ...embeddedServices(records, null, { blobs }),
      // The issuer that gave tokens while the book was made is closed.
      verifyToken: async () => ({ issuer: 'test', subject: 'treasurer', email: 'treasurer@lpsa.example' }),
      now,
    };
    server = await startServer(services, 0, undefined, blobs);
    const origin = `http://127.0.0.1:${server.port}`;
    [anybody, treasurer] = [clientFor(origin), clientFor(origin, 'treasurer')];
    stop = async () => {
      await server.close();
      records.close();
    };
  }, 120_000);
  afterAll(async () => {
    await stop?.();
    rmSync(folder, { recursive: true, force: true });
  });

  const textOf = async (path: string) => (await fetch(new URL(path, `http://127.0.0.1:${server.port}`))).text();
  const filingOf = async (filingId: string) => (await treasurer.getFiling({ params: { filingId } })).body;
  const openOnes = async () => (await treasurer.listFilings({ query: { open: 'true', limit: '100' } })).body;

  it('tells of every step once', () => {
    expect(progress.at(-1)).toBe(1);
    expect(new Set(progress).size).toBe(progress.length);
  });

  it('has one filing that is overdue, one that is due in some weeks, and the next return to come', async () => {
    const { items, revocation } = await openOnes();
    const overdue = items.filter(({ status }) => status === 'overdue');
    expect(overdue).toMatchObject([{ title: 'Final report on a course grant (demonstration data)', daysLate: 12 }]);
    expect(items.find(({ daysLeft }) => daysLeft === 24)?.title).toContain('insurance');
    const coming = items.find(({ id }) => id === next);
    expect(coming?.state).toBe(preparing ? 'preparing' : 'expected');
    expect(coming?.form).toBe(preparing ? '990-EZ' : null);
    expect(items.filter(({ ruleId }) => ruleId === 'us-irs-return')).toHaveLength(1);
    expect(revocation).toBeNull();
  });

  it('has filed every return before that in time, reviewed by the whole board, and read it', async () => {
    const { years } = (await anybody.getFigures()).body;
    expect(years).toHaveLength(returns);
    for (const { period } of years) {
      const filing = await filingOf(`us-irs-return~${period.to}`);
      expect(filing).toMatchObject({ state: 'accepted', filedForm: '990-EZ', daysLate: 0 });
      expect(filing.review?.given).toHaveLength(5);
    }
  });

  it('has one return that was extended, with its evidence, filed before the later day, and amended', async () => {
    const filing = await filingOf('us-irs-return~2023-12-31');
    expect(filing).toMatchObject({
      ruleDue: '2024-05-15',
      due: '2024-11-15',
      filedOn: '2024-10-28',
      extension: { askedOn: '2024-05-10', evidence: { document: { version: 1 } } },
    });
    expect(filing.submissions.map(({ amends, answer }) => [amends, answer?.accepted])).toEqual([
      [false, true],
      [true, true],
    ]);
    const { years } = (await anybody.getFigures()).body;
    const amended = years.find(({ period }) => period.to === '2023-12-31');
    expect(amended).toMatchObject({ amended: true, amounts: { totalRevenue: { amount: 182_940_00 } } });
  });

  it('has reported to Virginia every year, once too late, and renewed the registration', async () => {
    const { years } = (await anybody.getPunctuality()).body;
    expect(years.filter(({ late }) => late > 0).map(({ year, late }) => [year, late])).toEqual([['2024', 1]]);
    const missing = years.filter(one => one.missing > 0);
    expect(missing.map(one => one.missing)).toEqual([1]);
    for (let year = 2023; `${year}-05-15` < today; year++) {
      for (const id of [`us-va-annual-report~${year}-01-31`, `us-va-102~${year - 1}-12-31`]) {
        expect((await filingOf(id)).state, id).toBe('submitted');
      }
    }
  });

  it('lets everybody inspect all that the law opens, and nothing is missing', async () => {
    const { complete, missing, items } = (await treasurer.getInspectionSet()).body;
    expect([complete, missing]).toEqual([true, []]);
    expect(items.slice(0, 2).map(({ what }) => what)).toEqual(['exemption-application', 'determination-letter']);
    for (const { files: shown } of items) {
      expect(shown).toHaveLength(1);
      for (const { address } of shown) expect(await textOf(address)).not.toBe('');
    }
  });

  it('tells nobody who gave: not in the copies, nor in what was read from them, nor on the page', async () => {
    const { items } = (await anybody.getInspectionSet()).body;
    const read = (await anybody.listReturns()).body.items;
    const addresses = [
      ...items.flatMap(item => item.files.map(({ address }) => address)),
      ...read.map(({ id }) => `/v1/returns/${id}`),
      ...['2022', '2023', '2024'].map(year => `/v1/support?year=${year}`),
      ...['/inspection', '/v1/inspection', '/v1/returns', '/v1/figures', '/v1/filings/punctuality'],
    ];
    const page = await textOf('/inspection');
    expect(page).toContain('The name or address of a contributor');
    expect(page).toContain('A network of cities (demo)');
    for (const address of addresses) {
      const text = (await textOf(address)).toLowerCase();
      expect(text).not.toBe('');
      for (const secret of secrets) expect(text.includes(secret.toLowerCase()), `${address}: ${secret}`).toBe(false);
    }
    // They are there for those who govern: the search would find them.
    const filing = await filingOf('us-irs-return~2023-12-31');
    const original = filing.submissions[0]?.papers[0]?.document;
    const params = { documentId: String(original?.documentId), version: '1' };
    expect((await anybody.readFile({ params })).status).toBe(404);
    const { url } = (await treasurer.retrieveFile({ params })).body;
    expect(await textOf(url)).toContain('Foundation of the Invented Rivers');
  });

  it('has policies that the board adopted', async () => {
    const { items } = (await treasurer.listPolicies()).body;
    expect(items.map(({ topic }) => topic)).toEqual(['conflict-of-interest', 'document-retention', 'whistleblower']);
    for (const { history } of items) expect(history).toMatchObject([{ from: '2022-04-15', text: { version: 1 } }]);
    const { answers } = (await treasurer.getGovernance({ params: { end: '2024-12-31' } })).body;
    const said = Object.fromEntries(answers.map(({ line, answer }) => [line, answer]));
    expect(said).toMatchObject({ '11a': 'yes', '12a': 'yes', '13': 'yes', '14': 'yes' });
  });
});
