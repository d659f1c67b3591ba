/** What a public copy of a return withholds, and why: paths as they have been in the IRS e-file schemas since 2013. */
import type { ReturnType } from './returns.ts';

/** Stands where something was withheld. */
export const marker = 'WITHHELD';

/**
 * A rule. Paths are made of names of elements; `//` stands for any number of elements between, `*` for any letters of a name.
 * All text in an element that matches, and in everything below it, is withheld.
 */
export interface Rule {
  readonly types: readonly ReturnType[];
  readonly paths: readonly string[];
  /**
   * `own`: not where it is the address or telephone number of the organisation itself. `business`: not either where the name of a
   * business stands beside it, or in the element named.
   */
  readonly unless?: 'own' | 'business';
  readonly businessIn?: string;
  /** Also what follows from a name: numbers, dates and ticked boxes stay. */
  readonly onlyWords?: true;
  readonly reason: string;
}

const law = 'IRC 6104(d)(3)(A); Treas. Reg. 301.6104(d)-1(b)(4)(ii)';

export const reasons = {
  contributor: `The name or address of a contributor: the law lets it be withheld (${law}).`,
  description: `A description that may show who the contributor is. Ask the organisation for it, which looks at each (${law}).`,
  unknown: `A part of Schedule B of a kind that the rules do not know; it may name contributors, so all of it is withheld (${law}).`,
  repeated: `The name or address of a contributor, repeated here (${law}).`,
  personal: 'The address, telephone number or e-mail address of a person. Write to the organisation instead.',
  identifier: 'A number by which a person, a preparer or a bank account is known.',
  security: 'Recorded for the security of electronic filing; no part of the form.',
  aside: 'A comment in the file; no part of the form.',
} as const;

const every: readonly ReturnType[] = ['990', '990EZ', '990PF', '990T'];
/** Of a private foundation the contributors are public, and a 990-T has none. */
const withContributors: readonly ReturnType[] = ['990', '990EZ'];

export const withholdsContributors = (type: ReturnType) => withContributors.includes(type);

/** An element like this is Schedule B, whatever the schema version calls it. */
export const scheduleB = /^(?:irs)?(?:form)?(?:990(?:ez)?)?(?:schedule|sch)_?b$/i;

/**
 * What the rules know of Schedule B: below it, what is withheld and what stays. Where a part has anything else in it, all of that part
 * is withheld.
 */
export const scheduleBParts = {
  names: [
    'ContributorInformationGrp/ContributorPersonNm',
    'ContributorInformationGrp/ContributorPersonNm/*',
    'ContributorInformationGrp/ContributorBusinessName/*',
    'CharitableContributionsDetail/TransfereeNameIndividual',
    'CharitableContributionsDetail/TransfereeNameIndividual/*',
    'CharitableContributionsDetail/TransfereeNameBusiness/*',
  ],
  addresses: [
    'ContributorInformationGrp/ContributorUSAddress/*',
    'ContributorInformationGrp/ContributorForeignAddress/*',
    'CharitableContributionsDetail/TransfereeUSAddress/*',
    'CharitableContributionsDetail/TransfereeForeignAddress/*',
  ],
  descriptions: [
    'NonCashPropertyContributionGrp/NoncashPropertyDesc',
    'CharitableContributionsDetail/GiftPurposeTxt',
    'CharitableContributionsDetail/GiftUseTxt',
    'CharitableContributionsDetail/HowGiftIsHeldDesc',
    'CharitableContributionsDetail/RlnOfTransferorToTransfereeTxt',
  ],
  /** Numbers, dates and ticked boxes; where one of them holds anything else, the part is of an unknown kind. */
  stays: [
    'Organization501cInd',
    'Organization4947a1NotPFInd',
    'Organization527Ind',
    'Organization501c3ExemptPFInd',
    'Organization4947a1TrtdPFInd',
    'Organization501c3TaxablePFInd',
    'GeneralRuleInd',
    'SpclRuleMetOne3rdSuprtTestInd',
    'TotContriRcvdMore1000Ind',
    'TotContriRcvdUpTo1000Ind',
    'TotalUnder1000ContributionsAmt',
    '*/ContributorNum',
    'ContributorInformationGrp/Paid527j1Ind',
    'ContributorInformationGrp/NameNotApplicableCd',
    'ContributorInformationGrp/AddressNotApplicableCd',
    'ContributorInformationGrp/TotalContributionsAmt',
    'ContributorInformationGrp/PersonContributionInd',
    'ContributorInformationGrp/PayrollContributionInd',
    'ContributorInformationGrp/NoncashContributionInd',
    'NonCashPropertyContributionGrp/FairMarketValueAmt',
    'NonCashPropertyContributionGrp/ReceivedDt',
  ],
  attributes: [
    'documentId',
    'documentName',
    'softwareId',
    'softwareVersion',
    'softwareVersionNum',
    'referenceDocumentId',
    'referenceDocumentName',
    'organization501cTypeTxt',
    'totalContributionsAmt',
  ],
} as const;

/** Outside Schedule B. The first rule that matches an element, or one around it, counts. */
export const rules: readonly Rule[] = [
  {
    types: every,
    paths: [
      '//FilingSecurityInformation',
      '//AdditionalFilerInformation',
      '//OriginatorGrp',
      '//IPAddress',
      '//IPv*AddressTxt',
      '//*DeviceId',
      '//AtSubmissionCreationGrp',
      '//AtSubmissionFilingGrp',
    ],
    reason: reasons.security,
  },
  {
    types: every,
    paths: [
      '//SSN',
      '//*SSN',
      '//SSN*Num',
      '//PTIN',
      '//*PTIN',
      '//PIN',
      '//*PIN',
      '//EFIN',
      '//*RoutingTransitNum',
      '//*AccountNum',
    ],
    reason: reasons.identifier,
  },
  { types: withContributors, paths: ['//*Contributor*', '//*Donor*'], onlyWords: true, reason: reasons.contributor },
  // A private foundation says in its own forms who gave to it and to whom it gives, with addresses: those are public.
  { types: every, paths: ['//*EmailAddress*'], reason: reasons.personal },
  {
    types: every,
    paths: [
      '//IRS990/USAddress',
      '//IRS990/ForeignAddress',
      '//IRS990/AddressPrincipalOfficer*',
      '//IRS990//AddressOfPrincipalOfficer',
    ],
    unless: 'business',
    businessIn: 'PrincipalOfcrBusinessName',
    reason: reasons.personal,
  },
  {
    types: every,
    paths: ['//IRS990ScheduleG/PersonsWithBooks*Address'],
    unless: 'business',
    businessIn: 'PersonsWithBooksName',
    reason: reasons.personal,
  },
  {
    types: every,
    paths: ['//IRS990ScheduleG/ThirdParty*Address'],
    unless: 'business',
    businessIn: 'ThirdPartyBusinessName',
    reason: reasons.personal,
  },
  {
    types: every,
    paths: [
      '//USAddress',
      '//*USAddress',
      '//ForeignAddress',
      '//*ForeignAddress',
      '//AddressUS',
      '//*AddressUS',
      '//AddressForeign',
      '//*AddressForeign',
      '//AddressLine*',
      '//*PhoneNum',
      '//*PhoneNumber',
      '//*TelephoneNumber',
      '//*FaxNum',
    ],
    unless: 'business',
    reason: reasons.personal,
  },
];

/** Of these, of a private foundation, nothing is withheld but numbers by which people are known. */
export const publicOfFoundations: readonly string[] = [
  '//IRS990ScheduleB',
  '//SubstantialContributorsSch',
  '//SupplementaryInformationGrp',
  '//GrantOrContributionPdDurYrGrp',
  '//GrantOrContriApprvForFutGrp',
];

/** Here telephone numbers are a person's, though the name of a business stands near. */
export const alwaysPersonal: readonly string[] = ['//PreparerPersonGrp', '//BusinessOfficerGrp', '//SigningOfficerGrp'];

/**
 * Fields whose names and addresses the law makes public as such: of the organisation, officers, preparers, contractors, grantees and related
 * organisations. Where a contributor is one of them, the name stays there.
 */
export const publicFields: readonly string[] = [
  '//ReturnHeader',
  '//DoingBusinessAsName',
  '//PrincipalOfficerNm',
  '//PrincipalOfcrBusinessName',
  '//IRS990/USAddress',
  '//IRS990/ForeignAddress',
  '//BooksInCareOfDetail',
  '//Form990PartVIISectionAGrp/PersonNm',
  '//Form990PartVIISectionAGrp/BusinessName',
  '//ContractorCompensationGrp/ContractorName',
  '//ContractorCompensationGrp/ContractorAddress',
  '//OfficerDirectorTrusteeEmplGrp/PersonNm',
  '//OfficerDirectorTrusteeEmplGrp/BusinessName',
  '//CompensationHighestPaidEmplGrp/PersonNm',
  '//CompensationOfHghstPdCntrctGrp/PersonNm',
  '//CompensationOfHghstPdCntrctGrp/BusinessName',
  '//CompensationOfHghstPdCntrctGrp/USAddress',
  '//CompensationOfHghstPdCntrctGrp/ForeignAddress',
  '//BorrowerNameGrp',
  '//BorrowerPersonNm',
  '//LenderNameGrp',
  '//LenderPersonNm',
  '//ContractorCompExplnGrp/ContractorPersonNm',
  '//ContractorCompExplnGrp/ContractorBusinessName',
  '//CompensationExplanationGrp/PersonNm',
  '//CompensationExplanationGrp/BusinessName',
  '//EmployeeCompExplanationGrp/EmployeeNm',
  '//AffiliateListingGrp/BusinessName',
  '//AffiliateListingGrp/USAddress',
  '//AffiliateListingGrp/ForeignAddress',
  '//AffiliatedScheduleGrp/BusinessName',
  '//AffiliatedScheduleGrp/USAddress',
  '//AffiliatedScheduleGrp/ForeignAddress',
  '//DissolutionInformationGrp/PersonNm',
  '//DissolutionInformationGrp/BusinessName',
  '//IRS990ScheduleA//SupportedOrganizationName',
  '//IRS990ScheduleA//HospitalNameAndAddressGrp',
  '//IRS990ScheduleC/Section527PoliticalOrgGrp/OrganizationBusinessName',
  '//IRS990ScheduleG/FundraiserActivityInfoGrp/PersonNm',
  '//IRS990ScheduleG/FundraiserActivityInfoGrp/OrganizationBusinessName',
  '//IRS990ScheduleG/*Nm',
  '//IRS990ScheduleG/*Name',
  '//IRS990ScheduleH//BusinessName',
  '//IRS990ScheduleH//EntityName',
  '//IRS990ScheduleI/RecipientTable/RecipientBusinessName',
  '//IRS990ScheduleI/RecipientTable/USAddress',
  '//IRS990ScheduleI/RecipientTable/ForeignAddress',
  '//IRS990ScheduleJ/RltdOrgOfficerTrstKeyEmplGrp/PersonNm',
  '//IRS990ScheduleJ/RltdOrgOfficerTrstKeyEmplGrp/BusinessName',
  '//IRS990ScheduleK//IssuerName',
  '//IRS990ScheduleL//PersonNm',
  '//IRS990ScheduleL//BusinessName',
  '//IRS990ScheduleN//PersonNm',
  '//IRS990ScheduleN//BusinessName',
  '//IRS990ScheduleR//*Name',
  '//IRS990ScheduleR//USAddress',
  '//IRS990ScheduleR//ForeignAddress',
];

/** Matches the path of an element, or one below it. */
export function below(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.map(sourceOf).join('|')})(?:/.*)?$`);
}

/** Matches the whole path. */
export function exactly(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.map(sourceOf).join('|')})$`);
}

const sourceOf = (pattern: string) =>
  pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*').replaceAll('//', '(?:/[^/]+)*/');
