import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicCopyOf } from '../../../../shared/core/returns/redaction.ts';
import { marker, reasons } from '../../../../shared/core/returns/redactionRules.ts';
import { NotCopyableError, readXml } from '../../../../shared/core/returns/redactionXml.ts';
import type { ReturnType } from '../../../../shared/core/returns/returns.ts';
import { contributors, open, returnXml, secrets, tellingNarrative } from '../../../support/returnXml.ts';

const everything = Object.entries(secrets);

/** What is left of a text when every stretch that the other one has in its place is cut out: all before, between and after. */
function isCutFrom(copy: string, original: string): boolean {
  let at = 0;
  const pieces = copy.split(marker);
  return pieces.every((piece, index) => {
    const found = index === 0 ? (original.startsWith(piece) ? 0 : -1) : original.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0;
  });
}

describe.each(['990', '990EZ'] as const)('the public copy of a %s', type => {
  const original = returnXml({ type, narrative: tellingNarrative });
  const copy = publicCopyOf(original, type);

  it.each(everything)('withholds %s', (_, secret) => {
    expect(copy.text.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  it.each(['quillfeather', 'zephyrbloom', 'grimswold', 'martha'])('leaves no trace of "%s" in running text', word => {
    expect(copy.text.toLowerCase()).not.toContain(word);
  });

  it.each(Object.values(open))('keeps what is public: %s', value => {
    expect(copy.text).toContain(value.replace('&', '&amp;'));
  });

  it('keeps amounts, numbers and ticked boxes of Schedule B', () => {
    for (const kept of ['<TotalContributionsAmt>12345<', '<ContributorNum>2<', '<PersonContributionInd>X<', '>7000<']) {
      expect(copy.text).toContain(kept);
    }
  });

  it('stays well-formed, with the same elements in the same order', () => {
    const names = (text: string) => [...text.matchAll(/<(\/?[\w:]+)/g)].map(([, name]) => name);
    expect(names(copy.text)).toEqual(names(original));
    expect(readXml(copy.text).root.name).toBe('Return');
  });

  it('changes nothing but what is withheld', () => {
    expect(isCutFrom(copy.text, original)).toBe(true);
  });

  it('changes nothing when it is made again, and withholds nothing more', () => {
    expect(publicCopyOf(copy.text, type)).toEqual({ text: copy.text, withheld: [], stays: [] });
  });

  it('tells where something was withheld and why, and never what', () => {
    const told = JSON.stringify(copy.withheld);
    for (const [, secret] of everything) expect(told).not.toContain(secret);
    const at = (end: string) => copy.withheld.find(({ path }) => path.endsWith(end));
    expect(at('/ContributorPersonNm')).toEqual({
      path: '/Return/ReturnData/IRS990ScheduleB/ContributorInformationGrp/ContributorPersonNm',
      count: 1,
      reason: reasons.contributor,
    });
    expect(at('/ContributorUSAddress')).toMatchObject({ count: 1, reason: reasons.contributor });
    expect(at('/NoncashPropertyDesc')).toMatchObject({ reason: reasons.description });
    expect(at('/ExplanationTxt')).toMatchObject({ reason: reasons.repeated });
    expect(at('/BooksInCareOfDetail/USAddress')).toMatchObject({ count: 1, reason: reasons.personal });
    expect(at('/FilingSecurityInformation')).toMatchObject({ count: 1, reason: reasons.security });
    expect(at('comment()')).toMatchObject({ count: 1, reason: reasons.aside });
  });
});

describe('contributors elsewhere in a return', () => {
  it('leaves a contributor named as an officer, and tells the treasurer, not the public', () => {
    const { text, withheld, stays } = publicCopyOf(returnXml({ officer: 'MARTHA QUILLFEATHER' }), '990');
    expect(text).toContain('<PrincipalOfficerNm>MARTHA QUILLFEATHER<');
    expect(stays.map(({ path, count }) => [path, count])).toEqual([
      ['/Return/ReturnHeader/BusinessOfficerGrp/PersonNm', 1],
      ['/Return/ReturnData/IRS990/PrincipalOfficerNm', 1],
      ['/Return/ReturnData/IRS990/Form990PartVIISectionAGrp/PersonNm', 1],
    ]);
    expect(JSON.stringify(withheld)).not.toContain('PrincipalOfficerNm');
  });

  it.each([
    'MARTHA Q QUILLFEATHER',
    'Martha Quillfeather',
    'quillfeather,\n  martha q.',
    'Dr. Martha  Q.  Quillfeather',
    'Martha Quillfeather’s',
    'Mártha Quillfeather',
    'Martha Quill&#xAD;feather',
    'M<!-- between -->artha Quillfeather',
    'Martha <![CDATA[Quillfeather]]>',
    'Zephyrbloom Holdings, L.L.C.',
    'Zephyrbloom Holdings',
    '4711 Grimswold Hollow Road',
    'Xanthoville, Virginia',
  ])('finds "%s" in running text or leaves what is no name or address', spelt => {
    const { text } = publicCopyOf(returnXml({ narrative: `Before ${spelt} after.` }), '990');
    const explanation = /<ExplanationTxt>([\s\S]*?)<\/ExplanationTxt>/.exec(text)?.[1] ?? '';
    expect(explanation).toMatch(/^Before .* after\.$/s);
    if (spelt.startsWith('Xanthoville')) expect(explanation).toContain('Xanthoville');
    else expect(explanation.toLowerCase()).not.toMatch(/quill|feather|artha|zephyr|bloom|grimswold|hollow/);
  });

  it('does not take the organisation itself, a placeholder or a small word for a secret', () => {
    const gave = (name: string) =>
      `<IRS990ScheduleB documentId="B"><ContributorInformationGrp><ContributorNum>1</ContributorNum><ContributorPersonNm>${name}</ContributorPersonNm></ContributorInformationGrp></IRS990ScheduleB>`;
    const narrative = 'Test Society has anonymous and various donors, N/A, and of the rest we do not know.';
    for (const name of [open.name, 'ANONYMOUS', 'N/A', 'VARIOUS', 'RESTRICTED', 'OF THE']) {
      expect(publicCopyOf(returnXml({ scheduleB: gave(name), narrative }), '990').text).toContain(narrative);
    }
  });
});

describe('what the rules do not know', () => {
  const withB = (content: string) => publicCopyOf(returnXml({ scheduleB: content }), '990');
  const group = (inner: string, attributes = '') =>
    `<IRS990ScheduleB documentId="B"><ContributorInformationGrp${attributes}><ContributorNum>1</ContributorNum>${inner}<TotalContributionsAmt>777123</TotalContributionsAmt></ContributorInformationGrp></IRS990ScheduleB>`;

  it.each([
    ['an element of an unknown name', group('<GiverNm>OLWEN TRASK</GiverNm>')],
    [
      'an element deep in a known one',
      group('<ContributorUSAddress><Deep><Er>OLWEN TRASK</Er></Deep></ContributorUSAddress>'),
    ],
    ['words in the place of an amount', group('<NoncashContributionInd>OLWEN TRASK</NoncashContributionInd>')],
    ['text of the group itself', group('OLWEN TRASK')],
    ['an attribute', group('', ' givenBy="OLWEN TRASK"')],
    [
      'a group of an unknown name',
      '<IRS990ScheduleB documentId="B"><GiversGrp><Nm>OLWEN TRASK</Nm><Amt>777123</Amt></GiversGrp></IRS990ScheduleB>',
    ],
  ])('withholds the whole group for %s', (_, schedule) => {
    const { text, withheld } = withB(schedule);
    expect(text).not.toMatch(/OLWEN|TRASK/i);
    expect(text).not.toContain('777123');
    expect(withheld.map(({ reason }) => reason)).toContain(reasons.unknown);
  });

  it.each([
    [
      'under a prefix',
      '<x:IRS990ScheduleB xmlns:x="http://www.irs.gov/efile" documentId="B"><x:ContributorInformationGrp><x:ContributorPersonNm>OLWEN TRASK</x:ContributorPersonNm></x:ContributorInformationGrp></x:IRS990ScheduleB>',
    ],
    ['under another spelling', '<Irs990SchB documentId="B"><Any>OLWEN TRASK</Any></Irs990SchB>'],
    ['directly in the schedule', '<IRS990ScheduleB documentId="B">OLWEN TRASK</IRS990ScheduleB>'],
    ['in an attribute of the schedule', '<IRS990ScheduleB documentId="B" note="OLWEN TRASK"/>'],
    ['in CDATA', group('<ContributorPersonNm><![CDATA[OLWEN TRASK]]></ContributorPersonNm>')],
    ['in a comment', group('<!-- OLWEN TRASK -->')],
    ['in a processing instruction', group('<?by OLWEN TRASK?>')],
    [
      'outside of Schedule B',
      '<Attachment documentId="C"><ContributorListGrp><Line>OLWEN TRASK</Line></ContributorListGrp></Attachment>',
    ],
    [
      'as the 2012 schemas had it',
      '<IRS990ScheduleB documentId="B"><ContributorInfo><ContributorNamePerson>OLWEN TRASK</ContributorNamePerson></ContributorInfo></IRS990ScheduleB>',
    ],
  ])('withholds a contributor %s', (_, schedule) => {
    expect(withB(schedule).text).not.toMatch(/OLWEN|TRASK/i);
  });

  it.each([
    ['a document type', '<!DOCTYPE Return [<!ENTITY a "b">]><Return/>'],
    ['an unknown entity', '<Return>&a;</Return>'],
    ['an end that is missing', '<Return><A>'],
    ['elements that cross', '<Return><A><B></A></B></Return>'],
    ['two roots', '<Return/><Return/>'],
    ['text outside', '<Return/>text'],
    ['no XML', 'Return'],
    ['nothing', ''],
  ])('makes no copy of %s', (_, text) => {
    expect(() => publicCopyOf(text, '990')).toThrow(NotCopyableError);
  });
});

describe('addresses and numbers', () => {
  const inBooks = (content: string) =>
    returnXml().replace(
      /<BooksInCareOfDetail>.*<\/BooksInCareOfDetail>/,
      `<BooksInCareOfDetail>${content}</BooksInCareOfDetail>`,
    );

  it("keeps the organisation's own address and telephone number, whoever uses them", () => {
    const own =
      '<PersonNm>A B</PersonNm><USAddress><AddressLine1Txt>100 Main Street</AddressLine1Txt><CityNm>Richmond</CityNm><ZIPCd>232201234</ZIPCd></USAddress><PhoneNum>8045550100</PhoneNum>';
    expect(publicCopyOf(inBooks(own), '990').text).toContain(own);
  });

  it('keeps the address of a business', () => {
    const firm =
      '<BusinessName><BusinessNameLine1Txt>BOOKS INC</BusinessNameLine1Txt></BusinessName><USAddress><AddressLine1Txt>1 SHELF ST</AddressLine1Txt><CityNm>X</CityNm></USAddress>';
    expect(publicCopyOf(inBooks(firm), '990').text).toContain(firm);
  });

  it.each(['SSN', 'PreparerSSN', 'PTIN', 'PIN', 'RoutingTransitNum', 'BankAccountNum'])(
    'withholds %s anywhere',
    name => {
      const { text } = publicCopyOf(inBooks(`<${name}>4242424242</${name}>`), '990');
      expect(text).toContain(`<${name}>${marker}</${name}>`);
    },
  );
});

describe('the public copy of a 990-PF', () => {
  const original = returnXml({ type: '990PF', narrative: 'Thanks to Martha Quillfeather.' });
  const { text } = publicCopyOf(original, '990PF');

  it('keeps its Schedule B, which is public', () => {
    expect(text).toContain(contributors);
    expect(text).toContain('Thanks to Martha Quillfeather.');
  });

  it('withholds what identifies people all the same', () => {
    for (const secret of [
      secrets.plainSsn,
      secrets.ptin,
      secrets.pin,
      secrets.ip,
      secrets.device,
      secrets.officerPhone,
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

const word = fc.stringMatching(/^[A-Z][a-z]{4,9}$/).map(made => `Zq${made.toLowerCase()}`);
const personName = fc.tuple(word, word).map(parts => parts.join(' '));
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

describe('any contributors', () => {
  it('are found nowhere in the copy, and nothing else is changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: personName, street: fc.tuple(fc.nat(9999), word), amount: fc.nat() }), {
          maxLength: 8,
        }),
        fc.array(fc.oneof(fc.string(), fc.nat(7)), { maxLength: 12 }),
        fc.constantFrom<ReturnType>('990', '990EZ'),
        (gave, pieces, type) => {
          const groups = gave.map(
            ({ name, street, amount }, index) =>
              `<ContributorInformationGrp><ContributorNum>${index}</ContributorNum><ContributorPersonNm>${name}</ContributorPersonNm><ContributorUSAddress><AddressLine1Txt>${street.join(' ')} Rd</AddressLine1Txt></ContributorUSAddress><TotalContributionsAmt>${amount}</TotalContributionsAmt></ContributorInformationGrp>`,
          );
          const clean = (text: string) => escaped(text.replaceAll(/[^\t\n\r -\uD7FF]/g, ''));
          const narrative = pieces
            .map(piece =>
              typeof piece === 'string' ? clean(piece) : (gave[piece]?.name.toUpperCase().replace(' ', '\n\t') ?? ''),
            )
            .join(' | ');
          const source = returnXml({
            type: type === '990EZ' ? '990EZ' : '990',
            narrative,
            scheduleB: `<IRS990ScheduleB documentId="B">${groups.join('')}</IRS990ScheduleB>`,
          });
          const { text } = publicCopyOf(source, type);
          const flat = text.toLowerCase().replaceAll(/\s+/g, ' ');
          for (const { name, street } of gave) {
            expect(flat).not.toContain(name.toLowerCase());
            expect(flat).not.toContain(street.join(' ').toLowerCase());
          }
          for (const { amount } of gave) expect(text).toContain(`<TotalContributionsAmt>${amount}<`);
          expect(isCutFrom(text, source)).toBe(true);
          expect(publicCopyOf(text, type).text).toBe(text);
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('makes a copy for ten thousand contributors, each of whom is named again', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `Zq${index} Giver${index}`);
  const groups = names.map(
    name =>
      `<ContributorInformationGrp><ContributorNum>1</ContributorNum><ContributorPersonNm>${name}</ContributorPersonNm><ContributorUSAddress><AddressLine1Txt>${name} Rd</AddressLine1Txt></ContributorUSAddress></ContributorInformationGrp>`,
  );
  const narrative = names.map(name => `<![CDATA[${name.toUpperCase()}]]>, `).join('');
  const scheduleB = `<IRS990ScheduleB documentId="B">${groups.join('')}</IRS990ScheduleB>`;
  const { text } = publicCopyOf(returnXml({ narrative, scheduleB }), '990');
  expect(/zq\d|giver\d/i.test(text)).toBe(false);
});
