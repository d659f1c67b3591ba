/** What the site's tests read on the page of filings: returns with everything that is to be withheld, a letter, supporters with awkward names. */
import { expectFilings } from '../../functions/expect/expectFilings.ts';
import { returnXml } from './returnXml.ts';
import { archived } from './siteDocuments.ts';
import { publish, type SiteServer } from './siteServer.ts';

export interface SiteFilings {
  /** The filing of the return for the year that ended in June 2023: filed in time, and amended. */
  readonly filed: string;
}

const filed = 'us-irs-return~2023-06-30';
const period = { from: '2022-07-01', to: '2023-06-30' };

/** @param awkward a text that means no good. */
export async function fillFilings(site: SiteServer, awkward: string): Promise<SiteFilings> {
  const { keeper } = site;
  await keeper
    .updateCompliance({ version: 0, body: { since: '2022-01-14', solicitsIn: [], responsible: [] } })
    .then(answer => answer.body);
  const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });
  const unsaid = {
    committeesActForBoard: null,
    chapters: null,
    paysTopOfficial: null,
    paysOtherOfficers: null,
    jointVenture: null,
  };
  for (const end of ['2022-06-30', '2023-06-30']) {
    const facts = { grossReceipts: usd(250_000), totalAssets: usd(310_000), unrelatedIncome: null, source: 'Accounts' };
    const body = { ...facts, circumstances: unsaid };
    await keeper.recordFiscalYear({ params: { end }, version: 0, body }).then(answer => answer.body);
  }
  await expectFilings(site.jobs);
  await file(site, { on: '2023-11-01', amended: false, revenue: 250_000 });
  await file(site, { on: '2024-02-01', amended: true, revenue: 251_500 });
  await submit(site, 'us-va-annual-report~2023-01-31', '2023-02-10');
  const letters = await archived(
    site,
    `The letter ${awkward}`,
    [{ name: 'letter.txt', bytes: Buffer.from('You are exempt.'), type: 'text/plain' }],
    { kind: 'determination-letter', period: { from: '2022-06-13', to: '2022-06-13' } },
  );
  await publish(site, { title: 'Recognised as exempt', category: 'governing-document', documents: [letters] });
  const consent = { on: '2024-03-01', evidence: null };
  const facts = { kind: 'grant', purpose: awkward, period: null, on: '2024-03-01', note: 'for-officers-only' } as const;
  await keeper.createSupport({
    body: {
      ...facts,
      supporter: `Society of ${awkward}`,
      amount: usd(12_000),
      consent: { ...consent, given: true, shows: { as: 'range', from: 10_000_00, to: 25_000_00 } },
    },
  });
  await keeper.createSupport({
    body: {
      ...facts,
      supporter: 'Not To Be Named',
      amount: usd(777),
      consent: { ...consent, given: false, shows: { as: 'nothing' } },
    },
  });
  return { filed };
}

async function file(site: SiteServer, { on, amended, revenue }: { on: string; amended: boolean; revenue: number }) {
  const { keeper } = site;
  const bytes = Buffer.from(returnXml({ ...period, amended, revenue }));
  const name = amended ? 'return-amended.xml' : 'return.xml';
  const paper = await archived(site, `The original of ${name}`, [{ name, bytes, type: 'application/xml' }], {
    kind: 'return',
    access: 'officers',
  });
  const number = await submit(site, filed, on, { amends: amended, papers: [paper] });
  await keeper
    .readReturn({ params: { filingId: filed }, body: { submission: number, ...paper } })
    .then(answer => answer.body);
}

/** @returns its number. */
async function submit({ keeper }: SiteServer, filingId: string, on: string, more: object = {}): Promise<number> {
  const params = { filingId };
  const { version } = (await keeper.getFiling({ params })).body;
  const body = { on, by: 'Kim Keeper', way: 'electronic', ...more } as const;
  return (await keeper.submitFiling({ params, version, body })).body.submissions.length;
}
