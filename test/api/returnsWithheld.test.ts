/** What a return withholds stands nowhere on the public side, in any way of writing it; and what is public does. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationId } from '../../shared/contract/route.ts';
import { operations } from '../../shared/contract/routes.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { calendarCodeOf } from '../support/meetings.ts';
import {
  archivedXmlOf,
  filedOf,
  postcardBody,
  postcardFiledOf,
  readingOf,
  readOf,
  submit,
} from '../support/returns.ts';
import { contributors, open, returnXml, secrets, tellingNarrative } from '../support/returnXml.ts';
import { sealNow } from '../support/sealing.ts';

/** A text as bytes can carry it: as it is, and as XML, JSON, an address and base64 write it, at each place that base64 can begin. */
function waysToWrite(text: string): string[] {
  const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
  const base64 = [0, 1, 2].map(shift => {
    const coded = Buffer.from(' '.repeat(shift) + text)
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last signs depend on what stands around.
    return coded.slice(shift === 0 ? 0 : 4, -2);
  });
  const escaped = JSON.stringify(text).slice(1, -1);
  const ways = [text, xml, escaped, encodeURIComponent(text), text.replaceAll(' ', '+')];
  // Fewer signs stand somewhere by chance.
  return [...ways, ...base64.filter(one => one.length >= 6)];
}

const flat = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ');

/** Where a secret stands in what somebody got. */
function leaksIn(got: ReadonlyMap<string, string>, withheld: readonly string[]): string[] {
  return [...got].flatMap(([from, text]) => {
    const [exact, lower] = [text, flat(text)];
    return withheld.flatMap(secret =>
      waysToWrite(secret).some(one => exact.includes(one) || lower.includes(flat(one))) ? [`${from}: ${secret}`] : [],
    );
  });
}

/** Questions that every public list and page is asked besides. */
const queries: Partial<Record<OperationId, readonly string[]>> = {
  readFile: ['', '?rendition=text'],
  getInspectionSet: ['', '?on=2024-06-01', '?on=2025-06-01'],
  listMeetings: ['', '?when=past'],
  showDisclosurePage: ['', '?edition=1'],
  getConsistency: ['?from=0&to=7', '?from=3&to=9'],
};

/** All that anybody can get by GET, with each of the values for each parameter, files included; by their addresses. */
async function everythingPublic(book: TestBook, values: Readonly<Record<string, readonly string[]>>) {
  const got = new Map<string, string>();
  const take = async (address: string) => {
    const answer = await fetch(new URL(address, book.origin), { headers: { accept: '*/*' } });
    got.set(`${answer.status} ${address}`, `${[...answer.headers].join('\n')}\n${await answer.text()}`);
    return answer;
  };
  for (const { id, route, isPublic } of operations) {
    if (route.method !== 'GET' || !isPublic) continue;
    const paths = id === 'getProofOfRecord' ? await proofPaths(book) : pathsOf(route.path, values);
    for (const path of paths) {
      for (const query of queries[id] ?? ['']) {
        await take(path + query);
      }
    }
  }
  return got;
}

/** Where a statement of any version of any record would be shown: of what there is no statement, there is nothing to find. */
async function proofPaths({ as }: TestBook): Promise<string[]> {
  const paths: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: Record<string, string> = { limit: '100', ...(cursor === '' ? {} : { cursor }) };
    const { items, next }: Events = (await as.auditor.listBookEvents({ query })).body;
    paths.push(
      ...items.map(({ record: { kind, id, version } }) => `/v1/log/records/${kind}/${id}/versions/${version}`),
    );
    cursor = next === null ? null : new URL(next, 'http://book').searchParams.get('cursor');
  }
  return paths;
}

type Events = Awaited<ReturnType<Client['listBookEvents']>>['body'];

/** @throws {Error} a route has a parameter of which nobody said what to try. */
function pathsOf(path: string, values: Readonly<Record<string, readonly string[]>>): string[] {
  const [whole, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (whole === undefined || name === undefined) return [path];
  const tried = values[name];
  if (tried === undefined) throw new Error(`Say what to try for {${name}} of ${path}`);
  return tried.flatMap(value => pathsOf(path.replace(whole, encodeURIComponent(value)), values));
}

const forms = ['990', '990-EZ'] as const;
const everything = Object.values(secrets);
/** Words of names that no other text has: running text must not have them in any order. */
const words = ['quillfeather', 'zephyrbloom', 'grimswold', 'vrantchek', 'kvarngatan'];

describeOnEachStore('the public side', book => {
  const made: Awaited<ReturnType<typeof readOf>>[] = [];
  let got: ReadonlyMap<string, string>;
  let valuesOf: () => Record<string, readonly string[]>;

  beforeAll(async () => {
    const { as, bodies, people } = book();
    for (const form of forms) made.push(await readOf(book(), { form, facts: { narrative: tellingNarrative } }));
    const officer = 'MARTHA QUILLFEATHER-NOT';
    made.push(await readOf(book(), { facts: { narrative: tellingNarrative, officer } }));
    // One that amends it, with other contributors' words, and one that was rejected.
    const amended = returnXml({ amended: true, narrative: tellingNarrative });
    const first = made[0];
    if (first === undefined) throw new Error('Nothing was read');
    const { version } = (await as.auditor.getFiling({ params: { filingId: first.filingId } })).body;
    const { documentId } = await archivedXmlOf(book(), amended);
    await submit(book(), first.filingId, version, documentId, true);
    await as.treasurer.readReturn(readingOf({ filingId: first.filingId, documentId }, 2));
    const postcard = await postcardFiledOf(book());
    await as.treasurer.recordPostcard({ params: { filingId: postcard.filingId }, body: postcardBody });
    // The annual return of the organisation, which the inspection set and the pages show.
    made.push(await readOf(book(), { ruleId: 'us-irs-return', facts: { narrative: tellingNarrative } }));

    const seats = (await as.auditor.listSeats({ params: { bodyId: bodies.board } })).body.items;
    const absent = '01890a5d-ac96-774b-bcce-b302099a8fff';
    valuesOf = () => ({
      bodyId: Object.values(bodies),
      seatId: seats.map(({ id }) => id),
      disclosureId: [absent],
      edition: ['1'],
      // The originals, too, under the addresses of public ones.
      documentId: [...made.flatMap(one => [one.documentId, one.read.publicCopy?.documentId ?? '']), documentId],
      version: ['1'],
      resolutionId: [absent],
      meetingId: [absent],
      supportId: [absent],
      code: ['not-found', calendarCode],
      index: Array.from({ length: size }, (_, index) => String(index)),
      returnId: [...made.map(({ read }) => read.id), `${first.filingId}~2`, `${postcard.filingId}~1`],
    });
    const calendarCode = await calendarCodeOf(as.member);
    const { size } = await sealNow(book());
    expect(Object.keys(people)).not.toHaveLength(0);
    got = await everythingPublic(book(), valuesOf());
  });

  it('answers at least one question of each public route', () => {
    const answered = [...got.keys()].filter(key => key.startsWith('200'));
    for (const { read } of made) expect(answered).toContain(`200 /v1/returns/${encodeURIComponent(read.id)}`);
    for (const path of ['/v1/returns', '/v1/figures', '/v1/inspection', '/inspection', '/', '/feed.json']) {
      expect(answered).toContain(`200 ${path}`);
    }
    const proven = answered.filter(key => key.startsWith('200 /v1/log/records/'));
    for (const { read } of made) expect(proven).toContain(`200 /v1/log/records/return/${read.id}/versions/1`);
    expect(proven.length).toBeGreaterThan(2 * made.length);
    const files = answered.filter(key => key.endsWith('/versions/1/file'));
    expect(files).toHaveLength(made.length);
  });

  it('says nothing of what is withheld, in any way of writing it', () => {
    expect(leaksIn(got, everything)).toEqual([]);
  });

  it('has no word of a withheld name, but for the officer of that name', () => {
    const without = new Map([...got].map(([from, text]) => [from, text.replaceAll(/MARTHA QUILLFEATHER-NOT/gi, '')]));
    expect(leaksIn(without, words)).toEqual([]);
  });

  it('is searched by a search that finds', async () => {
    const own = await filedOf(book());
    const planted = new Map([['a page', `<p>${Buffer.from(`x${secrets.gift}yyy`).toString('base64')}</p>`]]);
    expect(leaksIn(planted, everything)).toHaveLength(1);
    expect(leaksIn(new Map([['the original', own.xml]]), everything).length).toBeGreaterThan(15);
    const public_ = [...got].filter(([from]) => from.endsWith('/file')).map(([, text]) => text);
    for (const value of Object.values(open)) expect(public_.join('')).toContain(value.replace('&', '&amp;'));
  });

  it('refuses everybody else what tells more: events, lists, originals', async () => {
    const { as } = book();
    for (const { filingId, documentId, read } of made) {
      for (const role of ['public', 'signed-in', 'member'] as const) {
        const answers = [
          await as[role].getDocument({ params: { documentId } }),
          await as[role].readFile({ params: { documentId, version: '1' } }),
          await as[role].getFiling({ params: { filingId } }),
          await as[role].listEvents({ params: { kind: 'return', recordId: read.id } }),
          await as[role].listDocuments({ query: { kind: 'return' } }),
        ].map(({ status, text }) => ({ status, text }));
        expect(answers.filter(({ text }) => leaksIn(new Map([['it', text]]), everything).length > 0)).toEqual([]);
        expect(answers.slice(0, 4).every(({ status }) => status >= 400)).toBe(true);
      }
    }
  });

  it('has the whole Schedule B of a 990-PF, and nothing by which people are known', async () => {
    const { read } = await readOf(book(), { form: '990-PF' });
    const answer = await fetch(new URL(read.publicCopy?.url ?? '', book().origin));
    const copy = await answer.text();
    expect(copy).toContain(contributors);
    const { plainSsn, ptin, pin, ip, device, email } = secrets;
    for (const secret of [plainSsn, ptin, pin, ip, device, email]) expect(copy).not.toContain(secret);
  });
});

const real = join(import.meta.dirname, '../../../shared/data/irs990/returns');
const files = [
  ['propublica.xml', '990'],
  ['union.xml', '990'],
  ['990EZ-little-league-baseball.xml', '990-EZ'],
  ['202303569349100210_public.xml', '990-PF'],
  ['202303569349100600_public.xml', '990-PF'],
  ['jnj_patient_assistance.xml', '990-PF'],
] as const;

describe.skipIf(!existsSync(real))(
  `real returns${existsSync(real) ? '' : ' (skipped: ../shared/data is not here)'}`,
  () => {
    describeOnEachStore('made public', book => {
      it.each(files)('%s, with contributors of our own, say nothing of what is withheld', async (name, form) => {
        const source = readFileSync(join(real, name), 'utf8');
        const said = (element: string) => new RegExp(`<${element}>([^<]*)<`).exec(source)?.[1] ?? '';
        const period = { from: said('TaxPeriodBeginDt'), to: said('TaxPeriodEndDt') };
        const own = source
          .replace(/<EIN>\d{9}<\/EIN>/, '<EIN>012345678</EIN>')
          .replaceAll(/<IRS990ScheduleB [\s\S]*?<\/IRS990ScheduleB>/g, '')
          .replace('</ReturnData>', `${contributors}</ReturnData>`)
          .replace('<ExplanationTxt>', `<ExplanationTxt>${tellingNarrative} `);
        const { read } = await readOf(book(), { form, period, xml: own });
        const values = { documentId: [read.publicCopy?.documentId ?? ''], returnId: [read.id], version: ['1'] };
        const got = new Map<string, string>();
        for (const path of [
          '/v1/returns/{returnId}',
          '/v1/documents/{documentId}',
          '/v1/documents/{documentId}/versions/{version}/file',
          '/v1/figures',
        ]) {
          for (const address of pathsOf(path, values)) {
            const answer = await fetch(new URL(address, book().origin));
            expect(answer.status).toBe(200);
            got.set(path, await answer.text());
          }
        }
        const numbers = ['PTIN', 'SSN', 'IPv4AddressTxt', 'AtSubmissionCreationDeviceId']
          .map(said)
          .filter(one => one !== '');
        expect(leaksIn(got, numbers)).toEqual([]);
        const { person, business, street, gift, ssn } = secrets;
        if (form === '990-PF')
          expect(got.get('/v1/documents/{documentId}/versions/{version}/file')).toContain(contributors);
        else expect(leaksIn(got, [person, business, street, gift, ssn, ...words])).toEqual([]);
      });
    });
  },
);
