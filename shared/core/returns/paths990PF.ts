/** Where Form 990-PF says the figures of a private foundation, and who its officers are, since 2013. */
import { businessName, type FormPaths, placesOf } from './paths.ts';

const on = placesOf('Form 990-PF');

/** In that year Part II lost a line, and Form 990-PF was renumbered from Part V two years later. */
const lostLine = '2019v5.0';

const books = 'AnalysisOfRevenueAndExpenses';
const sheet = 'Form990PFBalanceSheetsGrp';

export const paths990PF: FormPaths = {
  element: 'IRS990PF',
  figures: {
    fairMarketValueOfAssetsEnd: [on('FMVAssetsEOYAmt', 'heading, item I')],
    contributions: [on(`${books}/ContriRcvdRevAndExpnssAmt`, 'Part I, line 1, column (a)')],
    totalRevenue: [on(`${books}/TotalRevAndExpnssAmt`, 'Part I, line 12, column (a)')],
    grantsPaid: [on(`${books}/ContriPaidRevAndExpnssAmt`, 'Part I, line 25, column (a)')],
    totalExpenses: [on(`${books}/TotalExpensesRevAndExpnssAmt`, 'Part I, line 26, column (a)')],
    revenueLessExpenses: [on(`${books}/ExcessRevenueOverExpensesAmt`, 'Part I, line 27a, column (a)')],
    totalAssetsBegin: [on(`${sheet}/TotalAssetsBOYAmt`, 'Part II, line 16, column (a)')],
    totalAssetsEnd: [on(`${sheet}/TotalAssetsEOYAmt`, 'Part II, line 16, column (b)')],
    totalLiabilitiesBegin: [on(`${sheet}/TotalLiabilitiesBOYAmt`, 'Part II, line 23, column (a)')],
    totalLiabilitiesEnd: [on(`${sheet}/TotalLiabilitiesEOYAmt`, 'Part II, line 23, column (b)')],
    netAssetsBegin: [
      on(`${sheet}/TotNetAstOrFundBalancesBOYAmt`, 'Part II, line 30, column (a)', { before: lostLine }),
      on(`${sheet}/TotNetAstOrFundBalancesBOYAmt`, 'Part II, line 29, column (a)', { from: lostLine }),
    ],
    netAssetsEnd: [
      on(`${sheet}/TotNetAstOrFundBalancesEOYAmt`, 'Part II, line 30, column (b)', { before: lostLine }),
      on(`${sheet}/TotNetAstOrFundBalancesEOYAmt`, 'Part II, line 29, column (b)', { from: lostLine }),
    ],
  },
  mission: [],
  amended: [on('AmendedReturnInd', 'heading, item G')],
  initial: [on('InitialReturnInd', 'heading, item G')],
  final: [on('FinalReturnInd', 'heading, item G')],
  officers: {
    path: 'OfficerDirTrstKeyEmplInfoGrp/OfficerDirTrstKeyEmplGrp',
    columns: {
      person: [on('PersonNm', 'list of officers, line 1')],
      business: businessName('BusinessName', 'list of officers, line 1'),
      title: [on('TitleTxt', 'list of officers, line 1')],
      hours: [on('AverageHrsPerWkDevotedToPosRt', 'list of officers, line 1')],
      compensation: [on('CompensationAmt', 'list of officers, line 1')],
    },
  },
  accomplishments: [],
  partVI: [],
};
