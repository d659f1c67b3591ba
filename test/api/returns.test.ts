/** Returns through the API: read whole or not at all, with what the law says about who may know what. */
import { expect, it } from 'vitest';
import { toCheckKey } from '../../shared/core/archive/custody.ts';
import { describeOnEachStore, organisation } from '../support/book.ts';
import { documentOf, sealedOf } from '../support/documents.ts';
import { flipBit, takeAway } from '../support/harm.ts';
import {
  archivedXmlOf,
  filedOf,
  postcardBody,
  postcardFiledOf,
  readingOf,
  readOf,
  submit,
} from '../support/returns.ts';
import { open, returnXml } from '../support/returnXml.ts';

const fields = (answer: { problem: { errors?: readonly { message: string }[] } }) =>
  answer.problem.errors?.map(({ message }) => message).join('\n') ?? '';

describeOnEachStore('reading a return', book => {
  it('tells everybody what it says, line by line, with a copy for everybody', async () => {
    const { read, filingId, stays } = await readOf(book());
    expect(stays).toEqual([]);
    const shown = (await book().as.public.getReturn({ params: { returnId: read.id } })).body;
    expect(shown).toEqual(read);
    expect(shown).toMatchObject({
      id: `${filingId}~1`,
      form: '990',
      amended: false,
      state: 'submitted',
      ein: '012345678',
      name: open.name,
      amounts: { totalRevenue: { amount: 25_000_000, currency: 'USD' }, totalLiabilitiesEnd: null },
      content: { schema: '2022v5.0', complete: true, officers: [{ name: open.officer, title: 'PRESIDENT' }] },
      postcard: null,
    });
    expect(shown.amounts.totalRevenue?.source).toContain('line 12');
    expect(shown.withheld.length).toBeGreaterThan(5);
    const { items } = (await book().as.public.listReturns()).body;
    expect(items.map(({ id }) => id)).toContain(read.id);

    const { documentId } = shown.publicCopy ?? {};
    const document = (await book().as.public.getDocument({ params: { documentId: String(documentId) } })).body;
    expect(document).toMatchObject({ kind: 'return', access: 'public', language: 'en', period: shown.period });
    expect(document.versions).toMatchObject([{ number: 1, public: true, type: 'application/xml', condition: 'sound' }]);
    const filing = (await book().as.auditor.getFiling({ params: { filingId } })).body;
    expect(filing.submissions[0]?.publicCopies.map(({ sha256 }) => sha256)).toEqual([shown.publicCopy?.sha256]);
  });

  it('tells the treasurer, and nobody else, where a contributor stays named as an officer', async () => {
    const { read, stays } = await readOf(book(), { facts: { officer: 'MARTHA QUILLFEATHER' } });
    expect(stays.map(({ path }) => path)).toContain('/Return/ReturnData/IRS990/Form990PartVIISectionAGrp/PersonNm');
    const shown = await book().as.public.getReturn({ params: { returnId: read.id } });
    expect(shown.text).not.toContain('stays');
    expect(JSON.stringify(shown.body.withheld)).not.toContain('PartVII');
  });

  it.each([
    ['another organisation', { ein: '999999999' }, 'Filer/EIN'],
    ['another period', { from: '2022-01-01', to: '2022-12-31' }, 'TaxPeriodEndDt'],
    ['another form', { type: '990EZ' }, 'ReturnTypeCd'],
    ['an amended return as the original', { amended: true }, 'AmendedReturnInd'],
  ] as const)('refuses %s, naming the field, and changes nothing', async (_, facts, field) => {
    const filed = await filedOf(book(), { xml: returnXml(facts) });
    const answer = await book().as.treasurer.readReturn(readingOf(filed));
    expect(answer.status).toBe(400);
    expect(fields(answer)).toContain(field);
    await unchanged(filed);
  });

  it.each([
    ['no XML', 'This is no XML.'],
    ['an element without an end', returnXml().replace('</Return>', '')],
    ['no filer', returnXml().replace(/<Filer>[\s\S]*<\/Filer>/, '')],
    ['an entity', returnXml().replace('<ReturnTs>', '<ReturnTs>&a;')],
  ])('refuses %s and changes nothing', async (_, xml) => {
    const { filingId, version } = await filedOf(book());
    // The archive itself would refuse some of these as XML.
    const { documentId } = await sealedOf(book(), {}, xml);
    const more = await submit(book(), filingId, version, documentId, true);
    const answer = await book().as.treasurer.readReturn(readingOf({ filingId, documentId }, 2));
    expect(answer.status).toBe(400);
    await unchanged({ filingId, version: more.version });
  });

  async function unchanged({ filingId, version }: { readonly filingId: string; readonly version: number }) {
    const filing = (await book().as.auditor.getFiling({ params: { filingId } })).body;
    expect(filing.version).toBe(version);
    expect(filing.submissions.flatMap(({ publicCopies }) => publicCopies)).toEqual([]);
    for (const submission of [1, 2]) {
      const params = { returnId: `${filingId}~${submission}` };
      expect((await book().as.auditor.getReturn({ params })).status).toBe(404);
    }
  }

  it('reads nothing but the papers of the submission', async () => {
    const filed = await filedOf(book());
    const other = await archivedXmlOf(book(), filed.xml);
    const answer = await book().as.treasurer.readReturn(readingOf({ ...filed, ...other }));
    expect(answer.status).toBe(400);
    const { id } = await documentOf(book());
    expect((await book().as.treasurer.readReturn(readingOf({ ...filed, documentId: id }))).status).toBe(400);
    expect((await book().as.treasurer.readReturn(readingOf(filed, 2))).status).toBe(400);
    expect((await book().as.treasurer.readReturn(readingOf({ ...filed, filingId: 'no-rule~2023-12-31' }))).status).toBe(
      404,
    );
    await unchanged(filed);
  });

  it('reads a submission once, and what amends it as a return of its own, whose figures count', async () => {
    const period = { from: '2019-01-01', to: '2019-12-31' };
    const { filingId, read, ...filed } = await readOf(book(), { period });
    const again = await book().as.treasurer.readReturn(readingOf({ filingId, documentId: filed.documentId }));
    expect(again.status).toBe(409);

    const amended = await archivedXmlOf(book(), returnXml({ ...period, amended: true, revenue: 260_000 }));
    const { version } = (await book().as.auditor.getFiling({ params: { filingId } })).body;
    await submit(book(), filingId, version, amended.documentId, true);
    const second = (await book().as.treasurer.readReturn(readingOf({ filingId, ...amended }, 2))).body;
    expect(second).toMatchObject({ id: `${filingId}~2`, amended: true });

    const yearOf = async () =>
      (await book().as.public.getFigures()).body.years.filter(one => one.period.to === period.to);
    expect(await yearOf()).toMatchObject([
      {
        returnId: second.id,
        amended: true,
        months: 12,
        amounts: { totalRevenue: { amount: 26_000_000 }, managementExpenses: { amount: 1_500_000 } },
        reserve: { months: 24, from: 'netAssetsWithoutRestrictionsEnd' },
      },
    ]);

    await reject(filingId, 2);
    expect(await yearOf()).toMatchObject([{ returnId: read.id, amounts: { totalRevenue: { amount: 25_000_000 } } }]);
  });

  async function reject(filingId: string, submission: number) {
    const { version } = (await book().as.auditor.getFiling({ params: { filingId } })).body;
    const body = { submission, accepted: false, on: '2024-05-12' };
    return (await book().as.treasurer.answerFiling({ params: { filingId }, version, body })).body;
  }

  it('hides from the public what was rejected, the copy too, and reads none that was', async () => {
    const { filingId, read } = await readOf(book());
    await reject(filingId, 1);
    const params = { returnId: read.id };
    const hidden = await book().as.public.getReturn({ params });
    expect(hidden.status).toBe(404);
    const absent = await book().as.public.getReturn({ params: { returnId: 'no-rule~2023-12-31~1' } });
    const told = (text: string) => text.replaceAll(/"(instance|requestId)":"[^"]*"/g, '');
    expect(told(hidden.text)).toBe(told(absent.text));
    for (let cursor: string | undefined; ; ) {
      const page = await book().as.public.listReturns({ query: { limit: '1', ...(cursor && { cursor }) } });
      expect(Buffer.from(page.text).toString() + Buffer.from(cursor ?? '', 'base64url')).not.toContain(filingId);
      expect(page.body.items).toHaveLength(1);
      if (page.body.next === null) break;
      cursor = new URL(page.body.next, 'http://x').searchParams.get('cursor') ?? undefined;
    }
    const { documentId, version } = read.publicCopy ?? { documentId: '', version: 0 };
    const file = await book().as.public.readFile({ params: { documentId, version: String(version) } });
    expect(file.status).toBe(404);
    expect((await book().as.auditor.getReturn({ params })).body).toMatchObject({ state: 'rejected', publicCopy: null });

    const filed = await filedOf(book());
    await reject(filed.filingId, 1);
    expect((await book().as.treasurer.readReturn(readingOf(filed))).status).toBe(409);
  });

  it('takes back what was read together with the copy', async () => {
    const { filingId, read } = await readOf(book());
    const { version } = (await book().as.auditor.getFiling({ params: { filingId } })).body;
    const body = { submission: 1, copies: [] };
    await book().as.treasurer.publishCopies({ params: { filingId }, version, body });
    expect((await book().as.public.getReturn({ params: { returnId: read.id } })).status).toBe(404);
    expect((await book().as.public.listReturns()).text).not.toContain(filingId);
    expect((await book().as.public.getFigures()).text).not.toContain(filingId);
    expect((await book().as.director.getReturn({ params: { returnId: read.id } })).status).toBe(200);
  });

  it('keeps what is long beside the record, and shows all of it', async () => {
    const narrative = 'Said at length. '.repeat(40_000);
    const { read } = await readOf(book(), { facts: { narrative } });
    const shown = (await book().as.public.getReturn({ params: { returnId: read.id } })).body;
    expect(shown.content?.explanations[0]?.text.length === narrative.trim().length).toBe(true);
    expect(shown.content?.complete).toBe(true);
  });

  it('says so when a return is longer than the book keeps', async () => {
    const { read } = await readOf(book(), { facts: { narrative: 'Said at length. '.repeat(120_000) } });
    expect(read.content?.explanations.length).toBe(0);
    expect(read.content?.complete).toBe(false);
    expect(read.content?.officers).toMatchObject([{ name: open.officer }]);
  });

  it('reads nothing that was changed in the archive, or is gone, and has it checked', async () => {
    for (const harm of [flipBit, takeAway]) {
      const filed = await filedOf(book(), { facts: { narrative: `Harmed ${Math.random()}.` } });
      await harm(book().place, filed.sha256);
      expect((await book().as.treasurer.readReturn(readingOf(filed))).status).toBe(409);
      await unchanged(filed);
      const asked = await book().records.get(toCheckKey(filed.sha256));
      expect(asked !== undefined || (await book().as.auditor.listDamaged()).text.includes(filed.sha256)).toBe(true);
    }
  });

  it('answers a repeated key as the first time', async () => {
    const filed = await filedOf(book());
    const send = () => book().as.treasurer.readReturn({ ...readingOf(filed), key: `key-${filed.filingId}` });
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(second.text).toBe(first.text);
  });
});

describeOnEachStore('a postcard', book => {
  it('is recorded as it was answered; the address of the officer is not for the public', async () => {
    const { filingId } = await postcardFiledOf(book());
    const made = (await book().as.treasurer.recordPostcard({ params: { filingId }, body: postcardBody })).body;
    expect(made.postcard?.officer.address?.lines).toEqual(['12 Fennelwick Mews']);
    const seen = await book().as.public.getReturn({ params: { returnId: made.id } });
    expect(seen.text).not.toContain('Fennelwick');
    expect(seen.body).toMatchObject({
      form: '990-N',
      content: null,
      postcard: { legalName: 'Test Society', officer: { name: 'Rosalind Pemberhurst', address: null } },
      withheld: [{ path: '/officer/address', count: 1 }],
      publicCopy: null,
    });
    expect((await book().as.treasurer.recordPostcard({ params: { filingId }, body: postcardBody })).status).toBe(409);
  });

  it('is hidden from the public when it was rejected', async () => {
    const { filingId, version } = await postcardFiledOf(book());
    const { id } = (await book().as.treasurer.recordPostcard({ params: { filingId }, body: postcardBody })).body;
    const body = { submission: 1, accepted: false, on: '2024-05-12' };
    await book().as.treasurer.answerFiling({ params: { filingId }, version, body });
    expect((await book().as.public.getReturn({ params: { returnId: id } })).status).toBe(404);
    expect((await book().as.public.listReturns()).text).not.toContain(filingId);
    expect((await book().as.director.getReturn({ params: { returnId: id } })).body.state).toBe('rejected');
    const another = await postcardFiledOf(book());
    await book().as.treasurer.answerFiling({ params: { filingId: another.filingId }, version: another.version, body });
    const late = { params: { filingId: another.filingId }, body: postcardBody };
    expect((await book().as.treasurer.recordPostcard(late)).status).toBe(409);
  });

  it('shows an officer at the address of the organisation', async () => {
    const { filingId } = await postcardFiledOf(book());
    const body = { ...postcardBody, officer: { ...postcardBody.officer, address: postcardBody.address } };
    const { id } = (await book().as.treasurer.recordPostcard({ params: { filingId }, body })).body;
    const seen = (await book().as.public.getReturn({ params: { returnId: id } })).body;
    expect(seen).toMatchObject({ withheld: [], postcard: { officer: { address: postcardBody.address } } });
  });

  it('is refused for another form, organisation or period, and when receipts are larger', async () => {
    const { filingId } = await postcardFiledOf(book());
    const params = { filingId };
    const wrong = {
      ...postcardBody,
      ein: '999999999',
      period: { from: '2022-01-01', to: '2022-12-31' },
    };
    const answer = await book().as.treasurer.recordPostcard({ params, body: wrong });
    expect(answer.status).toBe(400);
    expect(answer.problem.errors?.map(({ field }) => field)).toEqual(['/ein', '/period/from', '/period/to']);
    const large = { ...postcardBody, receiptsNormallyAtMost50000: false as never };
    expect((await book().as.treasurer.recordPostcard({ params, body: large })).status).toBe(400);
    const other = await filedOf(book());
    const sent = { params: { filingId: other.filingId }, body: postcardBody };
    expect((await book().as.treasurer.recordPostcard(sent)).status).toBe(400);
    const unread = await book().as.treasurer.readReturn(readingOf({ filingId, documentId: other.documentId }));
    expect(unread.status).toBe(400);
    expect((await book().as.auditor.getReturn({ params: { returnId: `${filingId}~1` } })).status).toBe(404);
  });
});

describeOnEachStore('an organisation without a number or an exemption', book => {
  it("has no return read, and no 990-T that is nobody else's business", async () => {
    const describe = async (facts: object) => {
      const { version } = (await book().as.public.getOrganisation()).body;
      const body = { ...organisation, ...facts, from: '2020-01-01' };
      return (await book().as.administrator.updateOrganisation({ version, body })).body;
    };
    await describe({ ein: null });
    const filed = await filedOf(book());
    const unread = await book().as.treasurer.readReturn(readingOf(filed));
    expect(unread.status).toBe(409);
    expect(unread.problem.detail).toContain('EIN');

    await describe({ taxStatus: '501(c)(7)' });
    const tax = await filedOf(book(), { form: '990-T' });
    const closed = await book().as.treasurer.readReturn(readingOf(tax));
    expect(closed.status).toBe(409);
    expect(closed.problem.detail).toContain('501(c)(3)');
    expect((await book().as.treasurer.readReturn(readingOf(filed))).status).toBe(201);
  });
});
