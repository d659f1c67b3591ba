/** Where Form 990 says what, since 2013. */
import { businessName, type FormPaths, placesOf } from './paths.ts';
import { partVIPaths } from './paths990PartVI.ts';

const on = placesOf('Form 990');

/** The year in which net assets were first told by whether donors restricted them, as FASB ASU 2016-14 does. */
const byDonorRestriction = '2019v5.0';
const earlier = { before: byDonorRestriction };
const later = { from: byDonorRestriction };

/** The three largest programs stand in elements of their own, all others in a fourth that repeats: Part III, lines 4a to 4d. */
const program = (path: string | null, line: string) => ({
  path,
  columns: {
    description: [on('Desc', line)],
    expenses: [on('ExpenseAmt', line)],
    grants: [on('GrantAmt', line)],
    revenue: [on('RevenueAmt', line)],
  },
});

const column = (letter: string) => `Part VII, Section A, line 1a, column (${letter})`;

export const paths990: FormPaths = {
  element: 'IRS990',
  figures: {
    grossReceipts: [on('GrossReceiptsAmt', 'heading, item G')],
    votingMembers: [on('VotingMembersGoverningBodyCnt', 'Part I, line 3')],
    independentVotingMembers: [on('VotingMembersIndependentCnt', 'Part I, line 4')],
    employees: [on('TotalEmployeeCnt', 'Part I, line 5')],
    volunteers: [on('TotalVolunteersCnt', 'Part I, line 6')],
    unrelatedBusinessIncome: [on('TotalGrossUBIAmt', 'Part I, line 7a')],
    contributions: [on('CYContributionsGrantsAmt', 'Part I, line 8')],
    programServiceRevenue: [on('CYProgramServiceRevenueAmt', 'Part I, line 9')],
    investmentIncome: [on('CYInvestmentIncomeAmt', 'Part I, line 10')],
    otherRevenue: [on('CYOtherRevenueAmt', 'Part I, line 11')],
    totalRevenue: [on('CYTotalRevenueAmt', 'Part I, line 12')],
    priorTotalRevenue: [on('PYTotalRevenueAmt', 'Part I, line 12, prior year')],
    grantsPaid: [on('CYGrantsAndSimilarPaidAmt', 'Part I, line 13')],
    salaries: [on('CYSalariesCompEmpBnftPaidAmt', 'Part I, line 15')],
    totalExpenses: [on('CYTotalExpensesAmt', 'Part I, line 18')],
    priorTotalExpenses: [on('PYTotalExpensesAmt', 'Part I, line 18, prior year')],
    revenueLessExpenses: [on('CYRevenuesLessExpensesAmt', 'Part I, line 19')],
    totalAssetsBegin: [on('TotalAssetsBOYAmt', 'Part I, line 20, beginning of year')],
    totalAssetsEnd: [on('TotalAssetsEOYAmt', 'Part I, line 20, end of year')],
    totalLiabilitiesBegin: [on('TotalLiabilitiesBOYAmt', 'Part I, line 21, beginning of year')],
    totalLiabilitiesEnd: [on('TotalLiabilitiesEOYAmt', 'Part I, line 21, end of year')],
    netAssetsBegin: [on('NetAssetsOrFundBalancesBOYAmt', 'Part I, line 22, beginning of year')],
    netAssetsEnd: [on('NetAssetsOrFundBalancesEOYAmt', 'Part I, line 22, end of year')],
    programExpenses: [on('TotalFunctionalExpensesGrp/ProgramServicesAmt', 'Part IX, line 25, column (B)')],
    managementExpenses: [on('TotalFunctionalExpensesGrp/ManagementAndGeneralAmt', 'Part IX, line 25, column (C)')],
    fundraisingExpenses: [on('TotalFunctionalExpensesGrp/FundraisingAmt', 'Part IX, line 25, column (D)')],
    netAssetsWithoutRestrictionsEnd: [
      on('UnrestrictedNetAssetsGrp/EOYAmt', 'Part X, line 27, column (B)', earlier),
      on('NoDonorRestrictionNetAssetsGrp/EOYAmt', 'Part X, line 27, column (B)', later),
    ],
    netAssetsWithRestrictionsEnd: [
      on('TemporarilyRstrNetAssetsGrp/EOYAmt', 'Part X, line 28, column (B)', earlier),
      on('PermanentlyRstrNetAssetsGrp/EOYAmt', 'Part X, line 29, column (B)', earlier),
      on('DonorRestrictionNetAssetsGrp/EOYAmt', 'Part X, line 28, column (B)', later),
    ],
  },
  mission: [on('MissionDesc', 'Part III, line 1')],
  amended: [on('AmendedReturnInd', 'heading, item B')],
  initial: [on('InitialReturnInd', 'heading, item B')],
  final: [on('FinalReturnInd', 'heading, item B')],
  officers: {
    path: 'Form990PartVIISectionAGrp',
    columns: {
      person: [on('PersonNm', column('A'))],
      business: businessName('BusinessName', column('A')),
      title: [on('TitleTxt', column('A'))],
      hours: [on('AverageHoursPerWeekRt', column('B'))],
      director: [on('IndividualTrusteeOrDirectorInd', column('C'))],
      officer: [on('OfficerInd', column('C'))],
      compensation: [on('ReportableCompFromOrgAmt', column('D'))],
    },
  },
  accomplishments: [
    program(null, 'Part III, line 4a'),
    program('ProgSrvcAccomActy2Grp', 'Part III, line 4b'),
    program('ProgSrvcAccomActy3Grp', 'Part III, line 4c'),
    program('ProgSrvcAccomActyOtherGrp', 'Part III, line 4d'),
  ],
  partVI: partVIPaths,
};
