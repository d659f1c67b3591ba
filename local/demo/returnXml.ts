/** Prints an invented return of a demonstration book as the IRS takes it: Form 990-EZ with its schedules A, B and O, in the names of the schema 2022v5.0. */
import type { PlainDate } from '../../shared/core/calendar.ts';

/** What a demonstration book says of one year; amounts in whole dollars. */
export interface DemoYear {
  readonly revenue: {
    readonly contributions: number;
    readonly programServices: number;
    readonly investments: number;
  };
  readonly expenses: {
    readonly grants: number;
    readonly salaries: number;
    readonly professionalFees: number;
    readonly occupancy: number;
    readonly printing: number;
    readonly other: number;
  };
  /** At the end of the year. */
  readonly liabilities: number;
  readonly programs: readonly { readonly description: string; readonly grants: number; readonly expenses: number }[];
  /** Of Schedule B: nobody but the authority and those who may read the original sees who they are. */
  readonly contributors: readonly DemoContributor[];
}

export interface DemoContributor {
  readonly name: string;
  readonly person: boolean;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly amount: number;
}

export interface DemoReturn {
  readonly name: string;
  /** Nine digits. */
  readonly ein: string;
  readonly website: string;
  readonly mission: string;
  readonly address: Pick<DemoContributor, 'street' | 'city' | 'state' | 'zip'>;
  readonly phone: string;
  readonly period: { readonly from: PlainDate; readonly to: PlainDate };
  readonly signedOn: PlainDate;
  readonly officers: readonly { readonly name: string; readonly title: string; readonly hours: number }[];
  readonly year: DemoYear;
  /** At the beginning of the year. */
  readonly netAssets: number;
  readonly liabilities: number;
  readonly first: boolean;
  readonly amended: boolean;
  /** For Schedule O. */
  readonly explanations: readonly { readonly about: string; readonly text: string }[];
}

const sum = (amounts: object): number => Object.values(amounts).reduce((total, amount) => total + Number(amount), 0);

/** What a year came to, in whole dollars. */
export function totalsOf({ revenue, expenses }: DemoYear) {
  const [totalRevenue, totalExpenses] = [sum(revenue), sum(expenses)];
  return { totalRevenue, totalExpenses, excess: totalRevenue - totalExpenses };
}

type Content = string | number | readonly Node[];
/** An element: its name, perhaps its attributes, and what is in it. */
type Node = readonly [string, Content] | readonly [string, Content, Readonly<Record<string, string>>];

export function printReturn(said: DemoReturn): Buffer {
  const { year } = said;
  const data: Node[] = [
    ['IRS990EZ', form(said), { documentId: 'RetDoc1' }],
    ['IRS990ScheduleA', [['PublicOrganization170Ind', 'X']], { documentId: 'RetDoc2' }],
    ...(year.contributors.length === 0 ? [] : [scheduleB(year)]),
    ['IRS990ScheduleO', said.explanations.map(detailOf), { documentId: 'RetDoc4' }],
  ];
  const root: Node = [
    'Return',
    [
      ['ReturnHeader', header(said), { binaryAttachmentCnt: '0' }],
      ['ReturnData', data, { documentCnt: String(data.length) }],
    ],
    { xmlns: 'http://www.irs.gov/efile', returnVersion: '2022v5.0' },
  ];
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n${text(root)}\n`);
}

function header({ name, ein, address, phone, period, signedOn, officers }: DemoReturn): Node[] {
  const [signs] = officers;
  return [
    ['ReturnTs', `${signedOn}T12:00:00-05:00`],
    ['TaxPeriodEndDt', period.to],
    ['ReturnTypeCd', '990EZ'],
    ['TaxPeriodBeginDt', period.from],
    [
      'Filer',
      [
        ['EIN', ein],
        [
          'BusinessName',
          [
            ['BusinessNameLine1Txt', plain(name)],
            ['BusinessNameLine2Txt', 'Demonstration data'],
          ],
        ],
        [
          'BusinessNameControlTxt',
          plain(name)
            .replaceAll(/[^A-Za-z0-9-]/g, '')
            .slice(0, 4)
            .toUpperCase(),
        ],
        ['PhoneNum', phone],
        ['USAddress', addressOf(address)],
      ],
    ],
    [
      'BusinessOfficerGrp',
      [
        ['PersonNm', plain(signs?.name ?? '')],
        ['PersonTitleTxt', signs?.title ?? ''],
        ['PhoneNum', phone],
        ['SignatureDt', signedOn],
        ['DiscussWithPaidPreparerInd', 0],
      ],
    ],
    ['TaxYr', period.from.slice(0, 4)],
    ['BuildTS', `${signedOn} 12:00:00Z`],
  ];
}

function form(said: DemoReturn): Node[] {
  const { year, address, phone, officers, netAssets, liabilities } = said;
  const { revenue, expenses } = year;
  const { totalRevenue, totalExpenses, excess } = totalsOf(year);
  const end = netAssets + excess;
  const both = (begin: number, at: number): Node[] => [
    ['BOYAmt', begin],
    ['EOYAmt', at],
  ];
  return [
    ...(said.first ? [['InitialReturnInd', 'X'] as const] : []),
    ...(said.amended ? [['AmendedReturnInd', 'X'] as const] : []),
    ['MethodOfAccountingAccrualInd', 'X'],
    ...(year.contributors.length === 0 ? [['ScheduleBNotRequiredInd', 'X'] as const] : []),
    ['WebsiteAddressTxt', said.website],
    ['Organization501c3Ind', 'X'],
    ['TypeOfOrganizationCorpInd', 'X'],
    ['GrossReceiptsAmt', totalRevenue],
    ['ContributionsGiftsGrantsEtcAmt', revenue.contributions],
    ['ProgramServiceRevenueAmt', revenue.programServices],
    ['InvestmentIncomeAmt', revenue.investments],
    ['TotalRevenueAmt', totalRevenue],
    ['GrantsAndSimilarAmountsPaidAmt', expenses.grants],
    ['SalariesOtherCompEmplBnftAmt', expenses.salaries],
    ['FeesAndOtherPymtToIndCntrctAmt', expenses.professionalFees],
    ['OccupancyRentUtltsAndMaintAmt', expenses.occupancy],
    ['PrintingPublicationsPostageAmt', expenses.printing],
    ['OtherExpensesTotalAmt', expenses.other],
    ['TotalExpensesAmt', totalExpenses],
    ['ExcessOrDeficitForYearAmt', excess],
    ['NetAssetsOrFundBalancesBOYAmt', netAssets],
    ['OtherChangesInNetAssetsAmt', 0],
    ['NetAssetsOrFundBalancesEOYAmt', end],
    ['CashSavingsAndInvestmentsGrp', both(netAssets + liabilities, end + year.liabilities)],
    ['Form990TotalAssetsGrp', both(netAssets + liabilities, end + year.liabilities)],
    ['SumOfTotalLiabilitiesGrp', both(liabilities, year.liabilities)],
    ['NetAssetsOrFundBalancesGrp', both(netAssets, end)],
    ['InfoInScheduleOPartIIIInd', 'X'],
    ['PrimaryExemptPurposeTxt', said.mission],
    ...year.programs.map(
      ({ description, grants, expenses: spent }): Node => [
        'ProgramSrvcAccomplishmentGrp',
        [
          ['DescriptionProgramSrvcAccomTxt', description],
          ['GrantsAndAllocationsAmt', grants],
          ['ProgramServiceExpensesAmt', spent],
        ],
      ],
    ),
    ['TotalProgramServiceExpensesAmt', year.programs.reduce((total, { expenses: spent }) => total + spent, 0)],
    ...officers.map(
      ({ name, title, hours }): Node => [
        'OfficerDirectorTrusteeEmplGrp',
        [
          ['PersonNm', plain(name)],
          ['TitleTxt', title],
          ['AverageHrsPerWkDevotedToPosRt', hours.toFixed(2)],
          ['CompensationAmt', 0],
          ['EmployeeBenefitProgramAmt', 0],
          ['ExpenseAccountOtherAllwncAmt', 0],
        ],
      ],
    ),
    ['ActivitiesNotPreviouslyRptInd', 0],
    ['ChgMadeToOrgnzngDocNotRptInd', 0],
    ['OrganizationHadUBIInd', 0],
    ['SubjectToProxyTaxInd', 0],
    ['OrganizationDissolvedEtcInd', 0],
    ['MadeLoansToFromOfficersInd', 0],
    ['EngagedInExcessBenefitTransInd', 0],
    ['ProhibitedTaxShelterTransInd', 0],
    ['StatesWhereCopyOfReturnIsFldCd', 'VA'],
    [
      'BooksInCareOfDetail',
      [
        ['PersonNm', plain(officers[0]?.name ?? '')],
        ['USAddress', addressOf(address)],
        ['PhoneNum', phone],
      ],
    ],
    ['ForeignFinancialAccountInd', 0],
    ['ForeignOfficeInd', 0],
    ['DonorAdvisedFndsInd', 0],
    ['OperateHospitalInd', 0],
    ['TanningServicesProvidedInd', 0],
    ['RelatedOrganizationCtrlEntInd', 0],
    ['PoliticalCampaignActyInd', 0],
    ['LobbyingActivitiesInd', 0],
    ['SchoolOperatingInd', 0],
    ['TrnsfrExmptNonChrtblRltdOrgInd', 0],
    ['PartVIOfCompOfHghstPdEmplTxt', 'NONE'],
    ['PartVIHghstPdCntrctProfSrvcTxt', 'NONE'],
    ['FiledScheduleAInd', 1],
  ];
}

const scheduleB = ({ contributors }: DemoYear): Node => [
  'IRS990ScheduleB',
  [
    ['Organization501cInd', 'X', { organization501cTypeTxt: '3' }],
    ['SpclRuleMetOne3rdSuprtTestInd', 'X'],
    ...contributors.map(
      (one, index): Node => [
        'ContributorInformationGrp',
        [
          ['ContributorNum', index + 1],
          one.person
            ? ['ContributorPersonNm', plain(one.name)]
            : ['ContributorBusinessName', [['BusinessNameLine1Txt', plain(one.name)]]],
          ['ContributorUSAddress', addressOf(one)],
          ['TotalContributionsAmt', one.amount],
          ['PersonContributionInd', 'X'],
        ],
      ],
    ),
  ],
  { documentId: 'RetDoc3' },
];

const detailOf = ({ about, text: explanation }: DemoReturn['explanations'][number]): Node => [
  'SupplementalInformationDetail',
  [
    ['FormAndLineReferenceDesc', about],
    ['ExplanationTxt', explanation],
  ],
];

const addressOf = ({ street, city, state, zip }: DemoReturn['address']): Node[] => [
  ['AddressLine1Txt', street],
  ['CityNm', city],
  ['StateAbbreviationCd', state],
  ['ZIPCd', zip],
];

/** A name in the few characters that the schema has for names (`PersonNameType`). */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9' -]/g, '')
    .trim();

function text([name, content, attributes = {}]: Node, indent = ''): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ');
  if (!Array.isArray(content)) return `${indent}<${start}>${escaped(String(content))}</${name}>`;
  const inside = (content as readonly Node[]).map(node => text(node, `${indent}  `));
  return [`${indent}<${start}>`, ...inside, `${indent}</${name}>`].join('\n');
}

const escaped = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
