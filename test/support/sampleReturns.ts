/** Invented returns of invented organisations, in the XML of the IRS's electronic filing as it was in each year. */
import type { ReturnType } from '../../shared/core/returns/returns.ts';

/** An element: its name, and what is within it. */
export type Xml = readonly [name: string, content: string | readonly Xml[]];

export interface Sample {
  readonly type: ReturnType;
  readonly version: string;
  readonly header: readonly Xml[];
  readonly documents: readonly Xml[];
}

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const xmlOf = ([name, content]: Xml): string =>
  `<${name}>${typeof content === 'string' ? escaped(content) : content.map(xmlOf).join('\n')}</${name}>`;

export const sampleXml = ({ version, header, documents }: Omit<Sample, 'type'>): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<Return xmlns="http://www.irs.gov/efile" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.irs.gov/efile" returnVersion="${version}">`,
    xmlOf(['ReturnHeader', header]),
    xmlOf(['ReturnData', documents]),
    '</Return>',
  ].join('\n');

/** Before 2014, addresses and names of businesses were called otherwise. */
const isOld = (version: string) => version < '2014';

const businessName = (version: string, ...lines: readonly string[]): Xml => [
  'BusinessName',
  lines.map((line, index): Xml => [`BusinessNameLine${index + 1}${isOld(version) ? '' : 'Txt'}`, line]),
];

const headerOf = (type: ReturnType, version: string): readonly Xml[] => [
  ['ReturnTs', '2023-11-10T09:30:00-05:00'],
  ['TaxPeriodEndDt', '2023-06-30'],
  ['ReturnTypeCd', type],
  ['TaxPeriodBeginDt', '2022-07-01'],
  [
    'Filer',
    [
      ['EIN', '012345678'],
      businessName(version, 'RIVER & HILL', 'LIBRARY FRIENDS'),
      [
        'USAddress',
        [
          [isOld(version) ? 'AddressLine1' : 'AddressLine1Txt', '1 MILL LANE'],
          [isOld(version) ? 'State' : 'StateAbbreviationCd', 'VA'],
        ],
      ],
    ],
  ],
];

const scheduleO: Xml = [
  'IRS990ScheduleO',
  [
    [
      'SupplementalInformationDetail',
      [
        ['FormAndLineReferenceDesc', 'FORM 990, PART VI, LINE 11B'],
        ['ExplanationTxt', 'The board read it.'],
      ],
    ],
    ['SupplementalInformationDetail', [['ExplanationTxt', 'Nothing else.']]],
  ],
];

/** Amounts that are told apart: each is its place in the list. */
const amounts = (names: readonly string[], first: number): readonly Xml[] =>
  names.map((name, index): Xml => [name, String(first + index)]);

/** Part I of Form 990 in the order of its lines, from 101 on. */
export const partI990 = [
  'GrossReceiptsAmt',
  'VotingMembersGoverningBodyCnt',
  'VotingMembersIndependentCnt',
  'TotalEmployeeCnt',
  'TotalVolunteersCnt',
  'TotalGrossUBIAmt',
  'PYTotalRevenueAmt',
  'CYContributionsGrantsAmt',
  'CYProgramServiceRevenueAmt',
  'CYInvestmentIncomeAmt',
  'CYOtherRevenueAmt',
  'CYTotalRevenueAmt',
  'CYGrantsAndSimilarPaidAmt',
  'CYSalariesCompEmpBnftPaidAmt',
  'PYTotalExpensesAmt',
  'CYTotalExpensesAmt',
  'CYRevenuesLessExpensesAmt',
  'TotalAssetsBOYAmt',
  'TotalAssetsEOYAmt',
  'TotalLiabilitiesBOYAmt',
  'TotalLiabilitiesEOYAmt',
  'NetAssetsOrFundBalancesBOYAmt',
  'NetAssetsOrFundBalancesEOYAmt',
];

const officer990 = (version: string): readonly Xml[] => [
  [
    'Form990PartVIISectionAGrp',
    [
      ['PersonNm', 'Ann Example'],
      ['TitleTxt', 'CHAIR'],
      ['AverageHoursPerWeekRt', '2.50'],
      ['IndividualTrusteeOrDirectorInd', 'X'],
      ['OfficerInd', 'X'],
      ['ReportableCompFromOrgAmt', '0'],
    ],
  ],
  [
    'Form990PartVIISectionAGrp',
    [businessName(version, 'EXAMPLE TRUST', 'COMPANY'), ['ReportableCompFromOrgAmt', '1200']],
  ],
];

const netAssets = (version: string): readonly Xml[] =>
  version < '2019'
    ? [
        ['UnrestrictedNetAssetsGrp', [['EOYAmt', '300']]],
        ['TemporarilyRstrNetAssetsGrp', [['EOYAmt', '40']]],
        ['PermanentlyRstrNetAssetsGrp', [['EOYAmt', '2']]],
      ]
    : [
        ['NoDonorRestrictionNetAssetsGrp', [['EOYAmt', '300']]],
        ['DonorRestrictionNetAssetsGrp', [['EOYAmt', '42']]],
      ];

const form990 = (version: string): Xml => [
  'IRS990',
  [
    ['AmendedReturnInd', 'X'],
    ...amounts(partI990, 101),
    ['MissionDesc', 'Books for everybody.'],
    ['ExpenseAmt', '70'],
    ['GrantAmt', '5'],
    ['Desc', 'Lent 9,000 books.'],
    ['ProgSrvcAccomActy2Grp', [['Desc', 'Read to children.']]],
    ['ProgSrvcAccomActyOtherGrp', [['RevenueAmt', '8']]],
    ['GoverningBodyVotingMembersCnt', '7'],
    ['MinutesOfGoverningBodyInd', 'true'],
    ['MinutesOfCommitteesInd', '0'],
    ['Form990ProvidedToGvrnBodyInd', '1'],
    ['ConflictOfInterestPolicyInd', 'false'],
    ['OwnWebsiteInd', 'X'],
    ...officer990(version),
    [
      'TotalFunctionalExpensesGrp',
      [
        ['TotalAmt', '60'],
        ['ProgramServicesAmt', '30'],
        ['ManagementAndGeneralAmt', '20'],
        ['FundraisingAmt', '10'],
      ],
    ],
    ...netAssets(version),
  ],
];

const form990EZ: Xml = [
  'IRS990EZ',
  [
    ['InitialReturnInd', 'X'],
    ...amounts(
      [
        'GrossReceiptsAmt',
        'ContributionsGiftsGrantsEtcAmt',
        'ProgramServiceRevenueAmt',
        'InvestmentIncomeAmt',
        'OtherRevenueTotalAmt',
        'TotalRevenueAmt',
        'GrantsAndSimilarAmountsPaidAmt',
        'SalariesOtherCompEmplBnftAmt',
        'TotalExpensesAmt',
        'ExcessOrDeficitForYearAmt',
        'NetAssetsOrFundBalancesBOYAmt',
        'NetAssetsOrFundBalancesEOYAmt',
      ],
      201,
    ),
    ['Form990TotalAssetsGrp', amounts(['BOYAmt', 'EOYAmt'], 213)],
    ['SumOfTotalLiabilitiesGrp', amounts(['BOYAmt', 'EOYAmt'], 215)],
    ['PrimaryExemptPurposeTxt', 'Chess for everybody.'],
    [
      'ProgramSrvcAccomplishmentGrp',
      [
        ['DescriptionProgramSrvcAccomTxt', 'Taught chess.'],
        ['GrantsAndAllocationsAmt', '0'],
        ['ProgramServiceExpensesAmt', '217'],
      ],
    ],
    ['TotalProgramServiceExpensesAmt', '217'],
    [
      'OfficerDirectorTrusteeEmplGrp',
      [
        ['PersonNm', 'Ann Example'],
        ['TitleTxt', 'TREASURER'],
        ['AverageHrsPerWkDevotedToPosRt', '4'],
        ['CompensationAmt', '0'],
      ],
    ],
  ],
];

const form990PF: Xml = [
  'IRS990PF',
  [
    ['FinalReturnInd', 'X'],
    ['FMVAssetsEOYAmt', '301'],
    [
      'AnalysisOfRevenueAndExpenses',
      amounts(
        [
          'ContriRcvdRevAndExpnssAmt',
          'TotalRevAndExpnssAmt',
          'ContriPaidRevAndExpnssAmt',
          'TotalExpensesRevAndExpnssAmt',
          'ExcessRevenueOverExpensesAmt',
        ],
        302,
      ),
    ],
    [
      'Form990PFBalanceSheetsGrp',
      amounts(
        [
          'TotalAssetsBOYAmt',
          'TotalAssetsEOYAmt',
          'TotalLiabilitiesBOYAmt',
          'TotalLiabilitiesEOYAmt',
          'TotNetAstOrFundBalancesBOYAmt',
          'TotNetAstOrFundBalancesEOYAmt',
        ],
        307,
      ),
    ],
    [
      'OfficerDirTrstKeyEmplInfoGrp',
      [
        [
          'OfficerDirTrstKeyEmplGrp',
          [
            ['PersonNm', 'Ann Example'],
            ['TitleTxt', 'TRUSTEE'],
            ['AverageHrsPerWkDevotedToPosRt', '0.5'],
            ['CompensationAmt', '0'],
          ],
        ],
      ],
    ],
  ],
];

const documentsOf: { readonly [Type in ReturnType]: (version: string) => readonly Xml[] } = {
  '990': version => [form990(version), scheduleO],
  '990EZ': () => [form990EZ, scheduleO],
  '990PF': () => [form990PF],
  '990T': () => [
    ['IRS990T', [['TotalUBTIAmt', '0']]],
    ['IRS990TScheduleA', []],
    ['IRS990TScheduleA', []],
  ],
};

export const sample = (type: ReturnType, version: string): Sample => ({
  type,
  version,
  header: headerOf(type, version),
  documents: documentsOf[type](version),
});

/** The XML with some of it replaced, which has to be there once. */
export function changed(xml: string, from: string, to: string): string {
  const parts = xml.split(from);
  if (parts.length !== 2) throw new Error(`"${from}" stands there ${parts.length - 1} times`);
  return parts.join(to);
}
