/** What the site's tests look at: bodies, people and disclosures, among them the most awkward texts that a book may hold. */
import { contentOf } from './disclosures.ts';
import { pdfOf } from './pdfs.ts';
import { archived } from './siteDocuments.ts';
import { fillFilings, type SiteFilings } from './siteFilings.ts';
import { fillDecisions, type SiteDecisions } from './siteResolutions.ts';
import { addBody, publish, type SiteServer, seat } from './siteServer.ts';

export const hostileTitles = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)' x='",
  '</title></style></svg><script>alert(2)</script>',
  'مجلس الإدارة — تقرير ٢٠٢٣',
  'Report \u202egnidnep\u202c for 2023',
  'x'.repeat(300),
  '👩🏽‍⚖️ 🏛️ 地方公共部門聯盟',
  '$\u007balert(1)} {{alert(1)}} &lt;b&gt; &amp;amp;',
];

export const hostileMarkdown = [
  '# A heading',
  '',
  '<script>alert(1)</script> <img src=x onerror=alert(1)> <iframe src="javascript:alert(1)"></iframe>',
  '',
  '[click me](javascript:alert(1)) [and me](data:text/html,<script>alert(1)</script>)',
  '',
  '![picture](https://tracker.invalid/pixel.png)',
  '',
  '#### A low heading',
  '',
  `    ${'code '.repeat(100)}`,
  '',
  `- ${'long'.repeat(100)}`,
].join('\n');

export interface SiteBook {
  readonly corrected: string;
  /** Its first edition has the first version of a report, its second edition the second version and a text with an awkward name. */
  readonly documented: string;
  readonly withdrawn: string;
  readonly scheduled: string;
  readonly hostile: readonly string[];
  readonly decided: SiteDecisions;
  readonly filings: SiteFilings;
}

export const scheduledFor = '2024-08-01T12:00:00.000Z';

export async function fillSite(site: SiteServer): Promise<SiteBook> {
  const [board] = (await site.keeper.listBodies()).body.items;
  const boardId = String(board?.id);
  await seat(site, boardId, { name: 'Robin Chair', office: 'chair', voting: true });
  await seat(site, boardId, { name: 'Former Director', office: 'director', voting: true, to: '2023-05-31' });
  const office = await addBody(site, { kind: 'secretariat', name: 'Harbour Office', parentBodyId: boardId });
  await seat(site, office, { name: 'Alex Head', title: 'Executive Director' });
  const quiet = await addBody(site, { kind: 'committee', name: 'Quiet Committee', publishesSeats: false });
  await seat(site, quiet, { name: 'Nobody Must Know' });
  const members = await addBody(site, { kind: 'membership', name: 'Membership' });
  await seat(site, members, { name: 'One Member' });
  const hostileBody = { name: `${hostileTitles[1]} group`, purpose: hostileMarkdown, established: '2024-01-01' };
  const awkward = await addBody(site, { ...hostileBody, parentBodyId: office });
  await seat(site, awkward, { name: hostileTitles[0] ?? '', title: 'مستشار <b>', from: '2024-01-01' });
  for (const name of ['Ports', 'Ferries', 'y'.repeat(200)]) await addBody(site, { name, parentBodyId: office });

  const corrected = await publish(
    site,
    {
      title: 'Year in Review 2023',
      category: 'annual-report',
      summary: 'There were **1,500** members.',
      period: { from: '2023-01-01', to: '2023-12-31' },
      links: [{ title: 'The report', url: 'https://reports.example/2023.pdf' }],
    },
    '2024-02-09T17:00:00.000Z',
  );
  await site.keeper.correctDisclosure({
    params: { disclosureId: corrected.id },
    version: corrected.version,
    body: {
      reason: 'The number was wrong.',
      content: {
        title: 'Year in Review 2023',
        category: 'annual-report',
        summary: 'There were **1,600** members.',
        language: 'en',
        period: { from: '2023-01-01', to: '2023-12-31' },
        links: [{ title: 'The report', url: 'https://reports.example/2023.pdf' }],
      },
    },
  });
  const documented = await publishDocumented(site);
  const mistaken = {
    name: 'the-withdrawn-file.txt',
    bytes: Buffer.from('It names a person.'),
    type: 'text/plain',
  } as const;
  const mistake = await publish(site, {
    title: 'Call for helpers',
    documents: [await archived(site, 'the-withdrawn-document', [mistaken])],
    summary: 'the-withdrawn-text',
    links: [{ title: 'the-withdrawn-link', url: 'https://withdrawn.example/' }],
  });
  await site.keeper.withdrawDisclosure({
    params: { disclosureId: mistake.id },
    version: mistake.version,
    body: { reason: 'It named a person.' },
  });
  await publish(site, { title: 'Statuts', category: 'governing-document', language: 'fr' }, '2022-01-20T12:00:00.000Z');
  // In the organisation's time zone it was still the year before.
  await publish(site, { title: 'New Year’s Eve notice', category: 'notice' }, '2023-01-01T02:00:00.000Z');
  const scheduled = await publish(site, { title: 'Not before its time' }, scheduledFor);
  const hostile: string[] = [];
  for (const title of hostileTitles) {
    hostile.push((await publish(site, { title, category: 'policy', summary: hostileMarkdown, language: 'ar' })).id);
  }
  const awkwardly = { titles: hostileTitles, text: hostileMarkdown };
  const decided = await fillDecisions(site, { boardId, quietId: quiet }, awkwardly);
  const filings = await fillFilings(site, hostileTitles[1] ?? '');
  return {
    corrected: corrected.id,
    documented,
    withdrawn: mistake.id,
    scheduled: scheduled.id,
    hostile,
    decided,
    filings,
  };
}

/** Valid as the name of a file everywhere, and as awkward as that can be. */
export const awkwardName = 'O’Brien & Söhne – $(rm) `rm` %41 100%.txt';

async function publishDocumented(site: SiteServer): Promise<string> {
  const report = await archived(site, 'Report on the harbours', [
    { name: 'harbours.pdf', bytes: await pdfOf(['As first published.']) },
    { name: 'harbours-corrected.pdf', bytes: await pdfOf(['As corrected.', 'With a second page.']) },
  ]);
  const text = { name: awkwardName, bytes: Buffer.from('The notes.'), type: 'text/plain' } as const;
  const notes = await archived(site, hostileTitles[1] ?? '', [text]);
  const content = { title: 'The harbours', category: 'workplan', summary: 'What was found.' } as const;
  const { id, version } = await publish(site, { ...content, documents: [{ ...report, version: 1 }] });
  await site.keeper
    .correctDisclosure({
      params: { disclosureId: id },
      version,
      body: { reason: 'A page was missing.', content: contentOf({ ...content, documents: [report, notes] }) },
    })
    .then(answer => answer.body);
  return id;
}
