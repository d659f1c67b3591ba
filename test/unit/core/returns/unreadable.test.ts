// What is no return, or not all of one, is answered with the element that is wrong and what to do. Nothing stops the reader.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../shared/core/returns/decoding.ts';
import { mostDepth, mostElements } from '../../../../shared/core/returns/markup.ts';
import { readReturn } from '../../../../shared/core/returns/readReturn.ts';
import { mostReturnBytes, type Unreadable } from '../../../../shared/core/returns/returns.ts';
import { changed, sample, sampleXml } from '../../../support/sampleReturns.ts';
import { contentOf, problemsOf } from './reading.ts';

const good = sampleXml(sample('990', '2022v5.0'));
const header = '/Return/ReturnHeader';
const form = '/Return/ReturnData/IRS990';

/** As the reader gets it: bytes first. */
function problemsOfBytes(bytes: Uint8Array): readonly Unreadable[] {
  const decoded = decode(bytes);
  return 'problems' in decoded ? decoded.problems : problemsOf(decoded.text);
}

const latin = (text: string) => Buffer.from(text, 'latin1');

describe('refuses bytes that are no return:', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', Buffer.alloc(0), /empty/],
    ['a PDF', latin('%PDF-1.7\n%âãÏÓ\n1 0 obj'), /this is a PDF/],
    ['a page', Buffer.from('<!DOCTYPE html><html><body>990</body></html>'), /web page/],
    ['a page without a type', Buffer.from('\n<HTML lang="en"><body/></HTML>'), /web page/],
    ['a ZIP', Buffer.concat([Buffer.from('PK'), Buffer.from([3, 4, 20, 0]), Buffer.from('x'.repeat(40))]), /Unpack/],
    ['what is compressed', gzipSync(good), /no XML file/],
    ['JSON', Buffer.from('{"ein":"012345678"}'), /no XML file/],
    ['words', Buffer.from('Form 990, 2022'), /no XML file/],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${good}`, 'utf16le'), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le'), /UTF-16/],
    ['UTF-16, the other way', Buffer.from(good, 'utf16le').swap16(), /UTF-16/],
    ['another encoding, declared', latin(changed(good, 'utf-8', 'ISO-8859-1')), /declares another encoding/],
    ['another encoding, not declared', latin(changed(good, 'Books', 'B\xfccher')), /UTF-8/],
    ['zeros', Buffer.alloc(1000), /control character/],
    ['one byte too many', Buffer.alloc(mostReturnBytes + 1, ' '), /at most 20 MB/],
  ])('%s', (_, bytes, message) => {
    expect(problemsOfBytes(bytes)).toEqual([{ field: '/', message: expect.stringMatching(message) }]);
  });
});

it('takes a byte order mark for what it is, and keeps it', () => {
  const decoded = decode(Buffer.from(`\ufeff${good}`));
  expect(decoded).toEqual({ text: `\ufeff${good}` });
  expect(contentOf(`\ufeff${good}`)).toEqual(contentOf(good));
});

const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`;
const external = '<!DOCTYPE Return [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const declaration = '<?xml version="1.0" encoding="utf-8"?>';
const ein = '<EIN>012345678</EIN>';
const deep = (levels: number) => `${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}`;
const last = '</IRS990ScheduleO>';

describe('refuses XML that is not as XML has to be, or as no return is:', () => {
  it.each<[string, string, string, RegExp]>([
    ['one cut within a tag', good.slice(0, good.indexOf('<Filer') + 3), header, /whole file/],
    [
      'one cut within a text',
      good.slice(0, good.indexOf('RIVER') + 3),
      `${header}/Filer/BusinessName/BusinessNameLine1Txt`,
      /whole file/,
    ],
    ['one cut before its end', good.slice(0, -10), '/Return', /whole file|not written/],
    ['one cut within a comment', `${good.slice(0, -9)}<!-- `, '/Return', /comment/],
    ['entities within each other', changed(good, declaration, declaration + laughs), '/', /document type/],
    ['an entity of another file', changed(good, declaration, declaration + external), '/', /document type/],
    ['a document type inside', changed(good, '<Filer>', '<Filer><!DOCTYPE x>'), `${header}/Filer`, /document type/],
    ['an unknown entity', changed(good, 'VA', '&lol;'), `${header}/Filer/USAddress/StateAbbreviationCd`, /&amp;/],
    [
      'an unknown entity in an attribute',
      changed(good, '<IRS990>', '<IRS990 a="&lol;">'),
      '/Return/ReturnData',
      /&amp;/,
    ],
    [
      'a bare ampersand',
      changed(good, 'RIVER &amp;', 'RIVER &'),
      `${header}/Filer/BusinessName/BusinessNameLine1Txt`,
      /&amp;/,
    ],
    [
      'no character',
      changed(good, 'RIVER &amp;', '&#0;'),
      `${header}/Filer/BusinessName/BusinessNameLine1Txt`,
      /&amp;/,
    ],
    [
      'too high a character',
      changed(good, 'RIVER &amp;', '&#x110000;'),
      `${header}/Filer/BusinessName/BusinessNameLine1Txt`,
      /&amp;/,
    ],
    ['a control character', changed(good, 'VA', 'V\u0001A'), '/', /control character/],
    ['a processing instruction', changed(good, '<Filer>', '<?php ?><Filer>'), header, /processing instruction/],
    ['an element closed by another', changed(good, '</Filer>', '</Filler>'), `${header}/Filer`, /"Filler"/],
    ['more closed than opened', `${good}</Return>`, '/', /open/],
    ['an attribute twice', changed(good, '<Filer>', '<Filer a="1" a="2">'), `${header}/Filer`, /twice/],
    ['an attribute without quotes', changed(good, '<Filer>', '<Filer a=1>'), header, /not written as XML/],
    ['text behind it', `${good}\nand more`, '/', /outside/],
    ['a CDATA section behind it', `${good}<![CDATA[ ]]>`, '/', /document type/],
    ['too deep', changed(good, last, deep(mostDepth) + last), expect.any(String), /50 deep/],
    ['too many elements', changed(good, last, '<a/>'.repeat(mostElements) + last), '/', /600000 elements/],
    ['an element of something else', changed(good, '<Filer>', '<x xmlns="urn:x"/><Filer>'), `${header}/x`, /namespace/],
    ['a prefix of nothing', changed(good, '<Filer>', '<x:y/><Filer>'), `${header}/y`, /namespace/],
    ['a name of JavaScript', changed(good, '<Filer>', '<__proto__/><Filer>'), '/', /names/],
    ['another name of JavaScript', changed(good, '<Filer>', '<constructor/><Filer>'), '/', /names/],
    ['an invoice', '<Invoice><Total>12</Total></Invoice>', '/Invoice', /called "Return"/],
    ['an empty element', '<Return/>', '/Return/@returnVersion', /version of the schema/],
    ['two returns, one behind the other', good + good.slice(declaration.length), '/Return', /more than one return/],
    [
      'two returns in one element',
      `<Returns>${`${good}${good}`.replaceAll(declaration, '')}</Returns>`,
      '/Returns',
      /more than one return/,
    ],
    [
      'a return in an envelope',
      `<Envelope>${good.slice(declaration.length)}</Envelope>`,
      '/Envelope',
      /"Return" that is in it/,
    ],
    ['two headers', changed(good, '<ReturnData>', '<ReturnHeader/><ReturnData>'), header, /twice/],
    ['two forms', changed(good, '<IRS990ScheduleO>', '<IRS990/><IRS990ScheduleO>'), form, /twice/],
  ])('%s', (_, xml, field, message) => {
    expect(problemsOf(xml)).toContainEqual({ field, message: expect.stringMatching(message) });
  });
});

const period = '<TaxPeriodEndDt>2023-06-30</TaxPeriodEndDt>';
const type = '<ReturnTypeCd>990</ReturnTypeCd>';

describe('names what is missing or wrong in a return:', () => {
  it.each<[string, string, string, string, RegExp]>([
    ['no version', ' returnVersion="2022v5.0"', '', '/Return/@returnVersion', /missing/],
    ['a version of another kind', '"2022v5.0"', '"5"', '/Return/@returnVersion', /such as 2022v5.0/],
    ['a version that is too old', '"2022v5.0"', '"2012v3.0"', '/Return/@returnVersion', /2013v3\.0/],
    ['no type', type, '', `${header}/ReturnTypeCd`, /missing/],
    ['another type', type, '<ReturnTypeCd>1120</ReturnTypeCd>', `${header}/ReturnTypeCd`, /990, 990EZ, 990PF, 990T/],
    ['the type of another form', type, '<ReturnTypeCd>990EZ</ReturnTypeCd>', '/Return/ReturnData/IRS990EZ', /missing/],
    ['no number of the organisation', ein, '', `${header}/Filer/EIN`, /missing/],
    ['an empty number', ein, '<EIN/>', `${header}/Filer/EIN`, /missing/],
    ['a number that lost its zero', ein, '<EIN>12345678</EIN>', `${header}/Filer/EIN`, /nine digits/],
    ['a number with a hyphen', ein, '<EIN>01-2345678</EIN>', `${header}/Filer/EIN`, /without a hyphen/],
    ['a number that is withheld', ein, '<EIN>RESTRICTED</EIN>', `${header}/Filer/EIN`, /nine digits/],
    ['two numbers', ein, ein + ein, `${header}/Filer/EIN`, /twice/],
    ['no end of the period', period, '', `${header}/TaxPeriodEndDt`, /missing/],
    ['a day that does not exist', '2023-06-30', '2023-06-31', `${header}/TaxPeriodEndDt`, /no date/],
    ['a day in other words', '2023-06-30', '06/30/2023', `${header}/TaxPeriodEndDt`, /2023-12-31/],
    ['a period that ends before it begins', '2023-06-30', '2022-06-30', `${header}/TaxPeriodEndDt`, /before it begins/],
    [
      'no beginning of the period',
      '<TaxPeriodBeginDt>2022-07-01</TaxPeriodBeginDt>',
      '',
      `${header}/TaxPeriodBeginDt`,
      /missing/,
    ],
    ['a state that is none', '>VA<', `>${'V'.repeat(500_000)}<`, `${header}/Filer/USAddress`, /two letters/],
    ['a moment that is none', '2023-11-10T09:30:00-05:00', 'yesterday', `${header}/ReturnTs`, /moment/],
    ['an amount in words', '>112<', '>much<', `${form}/CYTotalRevenueAmt`, /digits/],
    ['an amount with commas', '>112<', '>1,120<', `${form}/CYTotalRevenueAmt`, /commas/],
    ['an amount with cents', '>112<', '>112.50<', `${form}/CYTotalRevenueAmt`, /number/],
    ['an empty amount', '>112<', '><', `${form}/CYTotalRevenueAmt`, /number/],
    ['an amount as JavaScript has it', '>112<', '>1e3<', `${form}/CYTotalRevenueAmt`, /number/],
    ['an amount of too many digits', '>112<', '>1234567890123456<', `${form}/CYTotalRevenueAmt`, /number/],
    [
      'an amount twice',
      '<MissionDesc>',
      '<CYTotalRevenueAmt>1</CYTotalRevenueAmt><MissionDesc>',
      `${form}/CYTotalRevenueAmt`,
      /twice/,
    ],
    [
      'an amount of a person',
      '>1200<',
      '>n/a<',
      `${form}/Form990PartVIISectionAGrp[2]/ReportableCompFromOrgAmt`,
      /number/,
    ],
    ['hours in words', '>2.50<', '>some<', `${form}/Form990PartVIISectionAGrp[1]/AverageHoursPerWeekRt`, /number/],
    [
      'a person without a name',
      '<PersonNm>Ann Example</PersonNm>',
      '',
      `${form}/Form990PartVIISectionAGrp[1]/PersonNm`,
      /missing/,
    ],
    [
      'an answer that is none',
      '<MinutesOfCommitteesInd>0<',
      '<MinutesOfCommitteesInd>maybe<',
      `${form}/MinutesOfCommitteesInd`,
      /1, true or X/,
    ],
    [
      'an answer with a name of JavaScript',
      '<MinutesOfCommitteesInd>0<',
      '<MinutesOfCommitteesInd>constructor<',
      `${form}/MinutesOfCommitteesInd`,
      /1, true or X/,
    ],
  ])('%s', (_, from, to, field, message) => {
    expect(problemsOf(changed(good, from, to))).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  const without = (name: string) => good.replace(new RegExp(`<${name}>(.|\\n)*</${name}>`), '');

  it.each(['ReturnHeader', 'ReturnData'])('no %s', name => {
    expect(problemsOf(without(name))).toEqual([
      { field: `/Return/${name}`, message: expect.stringMatching(/missing/) },
    ]);
  });

  it.each([
    ['Filer', `${header}/Filer`],
    ['BusinessName', `${header}/Filer/BusinessName`],
    ['IRS990', form],
  ])('no %s', (name, field) => {
    const xml = name === 'BusinessName' ? good.replace(/<BusinessName>[\s\S]*?<\/BusinessName>/, '') : without(name);
    expect(problemsOf(xml)).toEqual([{ field, message: expect.stringMatching(/missing/) }]);
  });

  it('several at once, but no more than somebody reads', () => {
    const two = changed(changed(good, '>112<', '>a<'), '>113<', '>b<');
    expect(problemsOf(two).map(({ field }) => field)).toEqual([
      `${form}/CYTotalRevenueAmt`,
      `${form}/CYGrantsAndSimilarPaidAmt`,
    ]);
    expect(problemsOf(good.replaceAll(/Amt>\d+</g, 'Amt>x<')).length).toBe(25);
  });
});

describe('reads in time that grows with the length only:', () => {
  const long = 2_000_000;
  it.each<[string, string]>([
    ['opened and never closed', '<a>'.repeat(long / 3)],
    ['one tag of spaces', `<a${' '.repeat(long)}>`],
    ['one tag that never ends', `<${'a'.repeat(long)}`],
    ['one tag of attributes', `<a${' b="c"'.repeat(long / 6)}>`],
    ['one value that never ends', `<a b="${'c'.repeat(long)}`],
    ['one comment that never ends', `<a><!--${'-'.repeat(long)}`],
    ['many comments', `<a>${'<!---->'.repeat(long / 7)}</a>`],
    ['many ampersands', `<a>${'&amp;'.repeat(long / 5)}</a>`],
    ['one ampersand behind many elements', `<a>${'<b/>'.repeat(200_000)}&</a>`],
    ['ampersands behind comments', `<a>${'<!--&-->'.repeat(long / 8)}</a>`],
    ['angle brackets', '<'.repeat(long)],
    ['many declarations', `<a>${'<b xmlns:c="urn:c"/>'.repeat(long / 20)}</a>`],
    ['one long text', `<Return returnVersion="2022v5.0">${'x'.repeat(long)}</Return>`],
  ])('%s', (_, xml) => {
    const start = performance.now();
    const { problems } = readReturn(xml) as { problems: readonly Unreadable[] };
    expect(problems.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
