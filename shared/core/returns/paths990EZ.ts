/** Where Form 990-EZ says what, since 2013. */
import { businessName, type FormPaths, placesOf } from './paths.ts';

const on = placesOf('Form 990-EZ');

const column = (letter: string) => `Part IV, column (${letter})`;

export const paths990EZ: FormPaths = {
  element: 'IRS990EZ',
  figures: {
    grossReceipts: [on('GrossReceiptsAmt', 'heading, item L')],
    contributions: [on('ContributionsGiftsGrantsEtcAmt', 'Part I, line 1')],
    programServiceRevenue: [on('ProgramServiceRevenueAmt', 'Part I, line 2')],
    investmentIncome: [on('InvestmentIncomeAmt', 'Part I, line 4')],
    otherRevenue: [on('OtherRevenueTotalAmt', 'Part I, line 8')],
    totalRevenue: [on('TotalRevenueAmt', 'Part I, line 9')],
    grantsPaid: [on('GrantsAndSimilarAmountsPaidAmt', 'Part I, line 10')],
    salaries: [on('SalariesOtherCompEmplBnftAmt', 'Part I, line 12')],
    totalExpenses: [on('TotalExpensesAmt', 'Part I, line 17')],
    revenueLessExpenses: [on('ExcessOrDeficitForYearAmt', 'Part I, line 18')],
    netAssetsBegin: [on('NetAssetsOrFundBalancesBOYAmt', 'Part I, line 19')],
    netAssetsEnd: [on('NetAssetsOrFundBalancesEOYAmt', 'Part I, line 21')],
    totalAssetsBegin: [on('Form990TotalAssetsGrp/BOYAmt', 'Part II, line 25, column (A)')],
    totalAssetsEnd: [on('Form990TotalAssetsGrp/EOYAmt', 'Part II, line 25, column (B)')],
    totalLiabilitiesBegin: [on('SumOfTotalLiabilitiesGrp/BOYAmt', 'Part II, line 26, column (A)')],
    totalLiabilitiesEnd: [on('SumOfTotalLiabilitiesGrp/EOYAmt', 'Part II, line 26, column (B)')],
    programExpenses: [on('TotalProgramServiceExpensesAmt', 'Part III, line 32')],
  },
  mission: [on('PrimaryExemptPurposeTxt', 'Part III')],
  amended: [on('AmendedReturnInd', 'heading, item B')],
  initial: [on('InitialReturnInd', 'heading, item B')],
  final: [on('FinalReturnInd', 'heading, item B')],
  officers: {
    path: 'OfficerDirectorTrusteeEmplGrp',
    columns: {
      person: [on('PersonNm', column('a'))],
      business: businessName('BusinessName', column('a')),
      title: [on('TitleTxt', column('a'))],
      hours: [on('AverageHrsPerWkDevotedToPosRt', column('b'))],
      compensation: [on('CompensationAmt', column('c'))],
    },
  },
  accomplishments: [
    {
      path: 'ProgramSrvcAccomplishmentGrp',
      columns: {
        description: [on('DescriptionProgramSrvcAccomTxt', 'Part III, lines 28 to 31')],
        expenses: [on('ProgramServiceExpensesAmt', 'Part III, lines 28a to 31a')],
        grants: [on('GrantsAndAllocationsAmt', 'Part III, lines 28 to 31')],
      },
    },
  ],
  partVI: [],
};
