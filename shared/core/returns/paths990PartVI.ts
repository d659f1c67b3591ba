/** Where Form 990 answers the questions of Part VI, governance, management and disclosure, since 2013. */
import { type AnswerPlace, place } from './paths.ts';

/** @param line such as `12a`. */
const asked = (line: string, path: string, kind: AnswerPlace['kind'] = 'yes-or-no'): AnswerPlace => ({
  ...place(path, line),
  kind,
});

export const partVIPaths: readonly AnswerPlace[] = [
  asked('1a', 'GoverningBodyVotingMembersCnt', 'count'),
  asked('1b', 'IndependentVotingMemberCnt', 'count'),
  asked('2', 'FamilyOrBusinessRlnInd'),
  asked('3', 'DelegationOfMgmtDutiesInd'),
  asked('4', 'ChangeToOrgDocumentsInd'),
  asked('5', 'MaterialDiversionOrMisuseInd'),
  asked('6', 'MembersOrStockholdersInd'),
  asked('7a', 'ElectionOfBoardMembersInd'),
  asked('7b', 'DecisionsSubjectToApprovaInd'),
  asked('8a', 'MinutesOfGoverningBodyInd'),
  asked('8b', 'MinutesOfCommitteesInd'),
  asked('9', 'OfficerMailingAddressInd'),
  asked('10a', 'LocalChaptersInd'),
  asked('10b', 'PoliciesReferenceChaptersInd'),
  asked('11a', 'Form990ProvidedToGvrnBodyInd'),
  asked('12a', 'ConflictOfInterestPolicyInd'),
  asked('12b', 'AnnualDisclosureCoveredPrsnInd'),
  asked('12c', 'RegularMonitoringEnfrcInd'),
  asked('13', 'WhistleblowerPolicyInd'),
  asked('14', 'DocumentRetentionPolicyInd'),
  asked('15a', 'CompensationProcessCEOInd'),
  asked('15b', 'CompensationProcessOtherInd'),
  asked('16a', 'InvestmentInJointVentureInd'),
  asked('16b', 'WrittenPolicyOrProcedureInd'),
  asked('18', 'OwnWebsiteInd', 'checkbox'),
  asked('18', 'OtherWebsiteInd', 'checkbox'),
  asked('18', 'UponRequestInd', 'checkbox'),
  asked('18', 'OtherInd', 'checkbox'),
];
