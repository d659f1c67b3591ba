/** Returns as large as one likes, of what makes real ones large: people, grants and explanations. */
import { sample, sampleXml, type Xml, xmlOf } from './sampleReturns.ts';

const people = (count: number): readonly Xml[] =>
  Array.from({ length: count }, (_, index) => [
    'Form990PartVIISectionAGrp',
    [
      ['PersonNm', `PERSON NUMBER ${index}`],
      ['TitleTxt', 'DIRECTOR'],
      ['AverageHoursPerWeekRt', '1.00'],
      ['IndividualTrusteeOrDirectorInd', 'X'],
      ['ReportableCompFromOrgAmt', String(index)],
      ['ReportableCompFromRltdOrgAmt', '0'],
      ['OtherCompensationAmt', '0'],
    ],
  ]);

const grants = (count: number): Xml => [
  'IRS990ScheduleI',
  Array.from({ length: count }, (_, index) => [
    'RecipientTable',
    [
      ['RecipientBusinessName', [['BusinessNameLine1Txt', `LIBRARY NUMBER ${index} & FRIENDS`]]],
      [
        'USAddress',
        [
          ['AddressLine1Txt', `${index} MAIN STREET`],
          ['CityNm', 'SOMEWHERE'],
          ['StateAbbreviationCd', 'VA'],
          ['ZIPCd', '22000'],
        ],
      ],
      ['RecipientEIN', '123456789'],
      ['IRCSectionDesc', '501(C)(3)'],
      ['CashGrantAmt', '1000'],
      ['PurposeOfGrantTxt', 'BOOKS FOR CHILDREN WHO HAVE NONE AT HOME'],
    ],
  ]),
];

const explanations = (count: number): readonly Xml[] =>
  Array.from({ length: count }, (_, index) => [
    'SupplementalInformationDetail',
    [
      ['FormAndLineReferenceDesc', `FORM 990, PART III, LINE ${index}`],
      ['ExplanationTxt', 'The organisation lends books to everybody who asks, and asks nobody why. '.repeat(4).trim()],
    ],
  ]);

/** Half of it people, a third grants, the rest explanations. Indented, as the IRS publishes returns. */
export function largeReturn(megabytes: number): string {
  const one = (xml: Xml) => Buffer.byteLength(xmlOf(xml));
  const bytes = megabytes * 1e6;
  const { documents, ...rest } = sample('990', '2022v5.0');
  const [form, scheduleO] = documents as readonly (readonly [string, readonly Xml[]])[];
  const [person, explanation] = [people(1)[0], explanations(1)[0]] as [Xml, Xml];
  return sampleXml({
    ...rest,
    documents: [
      ['IRS990', [...(form?.[1] ?? []), ...people(Math.floor((bytes * 0.5) / one(person)))]],
      grants(Math.floor((bytes * 0.33) / one(grants(1)))),
      ['IRS990ScheduleO', [...(scheduleO?.[1] ?? []), ...explanations(Math.floor((bytes * 0.17) / one(explanation)))]],
    ],
  });
}
