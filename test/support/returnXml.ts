/** Invented e-file returns whose Schedule B, and what else is withheld, is full of values that stand nowhere else. */

/** What must not be found on the public side. Names and words are invented. */
export const secrets = {
  person: 'MARTHA Q QUILLFEATHER',
  business: 'ZEPHYRBLOOM HOLDINGS LLC',
  foreign: 'ODALYS VRANTCHEK',
  street: '4711 GRIMSWOLD HOLLOW RD',
  street2: 'ATTIC 93B',
  city: 'XANTHOVILLE',
  zip: '987650123',
  foreignStreet: 'KVARNGATAN 8817',
  foreignCity: 'YSTERBRUNN',
  gift: 'Portrait of Thaddeus Quillfeather in oil',
  ssn: '900-77-1234',
  plainSsn: '900881235',
  ptin: 'P09988776',
  pin: '4815162342',
  officerPhone: '8045550188',
  preparerPhone: '8045550199',
  booksPhone: '8045550177',
  email: 'wilhelmina@harrowgate.example',
  booksStreet: '77 BRAMBLETHORN CT',
  principalStreet: '12 FENNELWICK MEWS',
  ip: '203.0.113.77',
  device: 'AB12CD34EF56AB12CD34EF56AB12CD34EF56AB12',
  comment: 'prepared while visiting Hesperia Dunmoor',
} as const;

/** What the law makes public, and must be found there. */
export const open = {
  name: 'Test Society',
  ownStreet: '100 MAIN ST',
  officer: 'ROSALIND PEMBERHURST',
  preparer: 'GIDEON ASHCOMBE',
  firm: 'ASHCOMBE & DAUGHTERS CPA',
  grantee: 'MERIDIAN FOOD PANTRY',
} as const;

export interface ReturnFacts {
  readonly type?: '990' | '990EZ' | '990PF';
  readonly version?: string;
  readonly ein?: string;
  readonly from?: string;
  readonly to?: string;
  readonly amended?: boolean;
  readonly narrative?: string;
  readonly scheduleB?: string;
  readonly officer?: string;
  readonly revenue?: number;
}

const address = (street: string, city: string, zip: string, name = 'USAddress') =>
  `<${name}><AddressLine1Txt>${street}</AddressLine1Txt><CityNm>${city}</CityNm>` +
  `<StateAbbreviationCd>VA</StateAbbreviationCd><ZIPCd>${zip}</ZIPCd></${name}>`;

const ownAddress = address(open.ownStreet, 'RICHMOND', '23220');

export const contributors = `
    <IRS990ScheduleB documentId="RetDoc4">
      <Organization501cInd organization501cTypeTxt="3">X</Organization501cInd>
      <GeneralRuleInd>X</GeneralRuleInd>
      <ContributorInformationGrp>
        <ContributorNum>1</ContributorNum>
        <ContributorPersonNm>${secrets.person}</ContributorPersonNm>
        <ContributorUSAddress>
          <AddressLine1Txt>${secrets.street}</AddressLine1Txt>
          <AddressLine2Txt>${secrets.street2}</AddressLine2Txt>
          <CityNm>${secrets.city}</CityNm>
          <StateAbbreviationCd>VA</StateAbbreviationCd>
          <ZIPCd>${secrets.zip}</ZIPCd>
        </ContributorUSAddress>
        <TotalContributionsAmt>12345</TotalContributionsAmt>
        <PersonContributionInd>X</PersonContributionInd>
      </ContributorInformationGrp>
      <ContributorInformationGrp>
        <ContributorNum>2</ContributorNum>
        <ContributorBusinessName><BusinessNameLine1Txt>${secrets.business}</BusinessNameLine1Txt></ContributorBusinessName>
        <ContributorForeignAddress><AddressLine1Txt>${secrets.foreignStreet}</AddressLine1Txt><CityNm>${secrets.foreignCity}</CityNm><CountryCd>SW</CountryCd></ContributorForeignAddress>
        <TotalContributionsAmt>54321</TotalContributionsAmt>
      </ContributorInformationGrp>
      <NonCashPropertyContributionGrp>
        <ContributorNum>1</ContributorNum>
        <NoncashPropertyDesc>${secrets.gift}</NoncashPropertyDesc>
        <FairMarketValueAmt>7000</FairMarketValueAmt>
        <ReceivedDt>2023-03-01</ReceivedDt>
      </NonCashPropertyContributionGrp>
    </IRS990ScheduleB>`;

/** Tells of contributors in all the ways in which running text may. */
export const tellingNarrative =
  'We thank Martha Quillfeather &amp; Zephyrbloom  Holdings, who gave; ' +
  '<![CDATA[also Quillfeather, Martha of 4711 Grimswold Hollow Road]]> and M&#97;rtha Q. Quillfeather. Her number is 900-77-1234.';

export function returnXml({
  type = '990',
  version = '2022v5.0',
  ein = '012345678',
  from = '2023-01-01',
  to = '2023-12-31',
  amended = false,
  narrative = 'The board reviews the return before it is filed.',
  scheduleB = contributors,
  officer = open.officer,
  revenue = 250000,
}: ReturnFacts = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Return xmlns="http://www.irs.gov/efile" returnVersion="${version}">
  <!-- ${secrets.comment} -->
  <ReturnHeader binaryAttachmentCnt="0">
    <ReturnTs>2024-05-10T10:00:00-05:00</ReturnTs>
    <TaxPeriodEndDt>${to}</TaxPeriodEndDt>
    <PreparerFirmGrp>
      <PreparerFirmEIN>540000001</PreparerFirmEIN>
      <PreparerFirmName><BusinessNameLine1Txt>${open.firm.replace('&', '&amp;')}</BusinessNameLine1Txt></PreparerFirmName>
      ${address('5 COUNTING HOUSE LN', 'NORFOLK', '23501', 'PreparerUSAddress')}
    </PreparerFirmGrp>
    <ReturnTypeCd>${type}</ReturnTypeCd>
    <TaxPeriodBeginDt>${from}</TaxPeriodBeginDt>
    <Filer>
      <EIN>${ein}</EIN>
      <BusinessName><BusinessNameLine1Txt>${open.name}</BusinessNameLine1Txt></BusinessName>
      <BusinessNameControlTxt>TEST</BusinessNameControlTxt>
      <PhoneNum>8045550100</PhoneNum>
      ${ownAddress}
    </Filer>
    <BusinessOfficerGrp>
      <PersonNm>${officer}</PersonNm>
      <PersonTitleTxt>PRESIDENT</PersonTitleTxt>
      <PhoneNum>${secrets.officerPhone}</PhoneNum>
      <EmailAddressTxt>${secrets.email}</EmailAddressTxt>
      <SignatureDt>2024-05-09</SignatureDt>
      <TaxpayerPIN>${secrets.pin}</TaxpayerPIN>
    </BusinessOfficerGrp>
    <SigningOfficerGrp>
      <PersonFullName><PersonFirstNm>ROSALIND</PersonFirstNm><PersonLastNm>PEMBERHURST</PersonLastNm></PersonFullName>
      <SSN>${secrets.plainSsn}</SSN>
    </SigningOfficerGrp>
    <PreparerPersonGrp>
      <PreparerPersonNm>${open.preparer}</PreparerPersonNm>
      <PTIN>${secrets.ptin}</PTIN>
      <PhoneNum>${secrets.preparerPhone}</PhoneNum>
    </PreparerPersonGrp>
    <FilingSecurityInformation>
      <IPAddress><IPv4AddressTxt>${secrets.ip}</IPv4AddressTxt></IPAddress>
      <AtSubmissionCreationDeviceId>${secrets.device}</AtSubmissionCreationDeviceId>
    </FilingSecurityInformation>
    <TaxYr>${from.slice(0, 4)}</TaxYr>
  </ReturnHeader>
  <ReturnData documentCnt="4">
${formOf[type]({ amended, officer, revenue })}
    <IRS990ScheduleI documentId="RetDoc2">
      <RecipientTable>
        <RecipientBusinessName><BusinessNameLine1Txt>${open.grantee}</BusinessNameLine1Txt></RecipientBusinessName>
        ${address('9 ORCHARD RD', 'ASHLAND', '23005')}
        <CashGrantAmt>5000</CashGrantAmt>
      </RecipientTable>
    </IRS990ScheduleI>
    <IRS990ScheduleO documentId="RetDoc3">
      <SupplementalInformationDetail>
        <FormAndLineReferenceDesc>FORM 990, PART VI, LINE 11B</FormAndLineReferenceDesc>
        <ExplanationTxt>${narrative}</ExplanationTxt>
      </SupplementalInformationDetail>
    </IRS990ScheduleO>${scheduleB}
  </ReturnData>
</Return>
`;
}

interface FormFacts {
  readonly amended: boolean;
  readonly officer: string;
  readonly revenue: number;
}

const books = `<BooksInCareOfDetail><PersonNm>WILHELMINA HARROWGATE</PersonNm>${address(secrets.booksStreet, 'MANAKIN', '23103')}<PhoneNum>${secrets.booksPhone}</PhoneNum></BooksInCareOfDetail>`;

const formOf = {
  '990': ({ amended, officer, revenue }: FormFacts) => `    <IRS990 documentId="RetDoc1">
      ${amended ? '<AmendedReturnInd>X</AmendedReturnInd>' : ''}
      <PrincipalOfficerNm>${officer}</PrincipalOfficerNm>
      ${address(secrets.principalStreet, 'MOSELEY', '23120')}
      <GrossReceiptsAmt>${revenue}</GrossReceiptsAmt>
      <Organization501c3Ind>X</Organization501c3Ind>
      <ActivityOrMissionDesc>To be tested.</ActivityOrMissionDesc>
      <CYContributionsGrantsAmt>${revenue - 1000}</CYContributionsGrantsAmt>
      <CYProgramServiceRevenueAmt>1000</CYProgramServiceRevenueAmt>
      <CYTotalRevenueAmt>${revenue}</CYTotalRevenueAmt>
      <CYTotalExpensesAmt>120000</CYTotalExpensesAmt>
      <NetAssetsOrFundBalancesEOYAmt>300000</NetAssetsOrFundBalancesEOYAmt>
      ${books}
      <Form990PartVIISectionAGrp>
        <PersonNm>${officer}</PersonNm>
        <TitleTxt>PRESIDENT</TitleTxt>
        <AverageHoursPerWeekRt>5.00</AverageHoursPerWeekRt>
        <IndividualTrusteeOrDirectorInd>X</IndividualTrusteeOrDirectorInd>
        <ReportableCompFromOrgAmt>0</ReportableCompFromOrgAmt>
      </Form990PartVIISectionAGrp>
      <TotalFunctionalExpensesGrp>
        <TotalAmt>120000</TotalAmt>
        <ProgramServicesAmt>100000</ProgramServicesAmt>
        <ManagementAndGeneralAmt>15000</ManagementAndGeneralAmt>
        <FundraisingAmt>5000</FundraisingAmt>
      </TotalFunctionalExpensesGrp>
      <NoDonorRestrictionNetAssetsGrp><BOYAmt>150000</BOYAmt><EOYAmt>240000</EOYAmt></NoDonorRestrictionNetAssetsGrp>
      <DonorRestrictionNetAssetsGrp><BOYAmt>20000</BOYAmt><EOYAmt>60000</EOYAmt></DonorRestrictionNetAssetsGrp>
    </IRS990>`,
  '990EZ': ({ amended, officer, revenue }: FormFacts) => `    <IRS990EZ documentId="RetDoc1">
      ${amended ? '<AmendedReturnInd>X</AmendedReturnInd>' : ''}
      <GrossReceiptsAmt>${revenue}</GrossReceiptsAmt>
      <TotalRevenueAmt>${revenue}</TotalRevenueAmt>
      <TotalExpensesAmt>120000</TotalExpensesAmt>
      <NetAssetsOrFundBalancesEOYAmt>30000</NetAssetsOrFundBalancesEOYAmt>
      <OfficerDirectorTrusteeEmplGrp><PersonNm>${officer}</PersonNm><TitleTxt>PRESIDENT</TitleTxt></OfficerDirectorTrusteeEmplGrp>
      ${books}
    </IRS990EZ>`,
  '990PF': ({ amended, officer, revenue }: FormFacts) => `    <IRS990PF documentId="RetDoc1">
      ${amended ? '<AmendedReturnInd>X</AmendedReturnInd>' : ''}
      <FMVAssetsEOYAmt>400000</FMVAssetsEOYAmt>
      <AnalysisOfRevenueAndExpenses>
        <TotalRevAndExpnssAmt>${revenue}</TotalRevAndExpnssAmt>
        <TotalExpensesRevAndExpnssAmt>120000</TotalExpensesRevAndExpnssAmt>
      </AnalysisOfRevenueAndExpenses>
      <OfficerDirTrstKeyEmplInfoGrp><OfficerDirTrstKeyEmplGrp><PersonNm>${officer}</PersonNm><TitleTxt>TRUSTEE</TitleTxt></OfficerDirTrstKeyEmplGrp></OfficerDirTrstKeyEmplInfoGrp>
    </IRS990PF>`,
} as const;
