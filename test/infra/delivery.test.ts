/** The way of files to their readers: what the CDN passes on, keeps and says of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentPolicyCode } from '../../infra/fileDelivery.ts';
import { resource, type Synthesis, synthesise, synthesiseTemplates } from './synthesis.ts';

let made: Synthesis;

beforeAll(async () => {
  made = await synthesiseTemplates();
});
afterAll(() => made.remove());

interface Behavior {
  readonly [name: string]: unknown;
}
interface Config {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly object[];
  readonly CustomErrorResponses: readonly { readonly ErrorCachingMinTTL: number; readonly ErrorCode: number }[];
  readonly ViewerCertificate?: object;
  readonly Aliases?: readonly string[];
}
const configOf = ({ archive }: Synthesis) =>
  resource(archive, 'AWS::CloudFront::Distribution', '').Properties.DistributionConfig as Config;

describe('the CDN', () => {
  it('gives out files of the archive only, over TLS, to those who read', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = configOf(made);
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/archive/*']);
    for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behavior).toMatchObject({
        AllowedMethods: ['GET', 'HEAD'],
        ViewerProtocolPolicy: 'https-only',
        Compress: false,
      });
    }
    // Without a query no request is signed, and the bucket answers 403.
    expect(DefaultCacheBehavior.OriginRequestPolicyId).toBeUndefined();
  });

  it('hands the whole query to the bucket and no header, and signs nothing itself', () => {
    expect(configOf(made).Origins).toEqual([
      {
        Id: expect.any(String),
        DomainName: { 'Fn::GetAtt': [expect.stringMatching('^BucketsArchive'), 'RegionalDomainName'] },
        S3OriginConfig: { OriginAccessIdentity: '' },
      },
    ]);
    expect(
      resource(made.archive, 'AWS::CloudFront::OriginRequestPolicy', '').Properties.OriginRequestPolicyConfig,
    ).toMatchObject({
      HeadersConfig: { HeaderBehavior: 'none' },
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    });
  });

  it('keeps public and private answers apart by what they say of caching, and neither longer than an hour', () => {
    expect(resource(made.archive, 'AWS::CloudFront::CachePolicy', '').Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 3600,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingBrotli: false,
        EnableAcceptEncodingGzip: false,
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: {
          QueryStringBehavior: 'whitelist',
          QueryStrings: ['response-cache-control', 'response-content-disposition', 'response-content-type'],
        },
      },
    });
  });

  it('keeps no refusal: a wrong link shuts out nobody with a good one', () => {
    const { CustomErrorResponses } = configOf(made);
    expect(CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual(
      expect.arrayContaining([400, 403, 404, 416, 503]),
    );
    for (const { ErrorCachingMinTTL } of CustomErrorResponses) expect(ErrorCachingMinTTL).toBe(0);
  });

  it('sends what the embedded server sends beside a file', () => {
    const { ResponseHeadersPolicyConfig } = resource(
      made.archive,
      'AWS::CloudFront::ResponseHeadersPolicy',
      '',
    ).Properties;
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, Override: true },
      },
      CustomHeadersConfig: {
        Items: [{ Header: 'cross-origin-resource-policy', Value: 'same-origin', Override: true }],
      },
    });
  });

  it('takes a name of its own with TLS 1.2 as the least, and no name without a certificate', async () => {
    const settings = {
      filesDomain: 'files.example.org',
      filesCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/abc',
    };
    const named = await synthesise(settings, made);
    expect(configOf(named)).toMatchObject({
      Aliases: ['files.example.org'],
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    });
    expect(named.archive.toJSON().Outputs.FilesOrigin.Value).toBe('https://files.example.org');
    // What the deployed API still reads is there until it was deployed again.
    const exported = ({ archive }: Synthesis) =>
      Object.keys(archive.toJSON().Outputs).filter(name => name.includes('FilesDistribution'));
    expect(exported(named)).toEqual(exported(made));
    expect(exported(named)).toHaveLength(1);
    named.remove();
    await expect(synthesise({ filesDomain: 'files.example.org' }, made)).rejects.toThrow('or neither');
  });
});

describe('what a file may do in a browser', () => {
  const policyFor = (querystring: object) => {
    const handler = new Function(`${contentPolicyCode}; return handler;`)();
    const event = { request: { querystring }, response: { headers: {} } };
    return handler(event).headers['content-security-policy'].value;
  };
  const sandbox = "sandbox; default-src 'none'";

  it('is nothing, but for a PDF, which no viewer shows in a sandbox', () => {
    const typed = (value: string) => ({ 'response-content-type': { value } });
    expect(policyFor(typed('application%2Fpdf'))).toBe("frame-ancestors 'none'");
    expect(policyFor(typed('application/pdf'))).toBe("frame-ancestors 'none'");
    for (const type of [
      'text%2Fhtml',
      'image%2Fsvg%2Bxml',
      'text%2Fplain%3B%20charset%3Dutf-8',
      'application%2Fpdfx',
      '',
    ]) {
      expect(policyFor(typed(type))).toBe(sandbox);
    }
    expect(policyFor({})).toBe(sandbox);
  });

  it('is nothing when a link names two types', () => {
    const two = { value: 'application%2Fpdf', multiValue: [{ value: 'text%2Fhtml' }, { value: 'application%2Fpdf' }] };
    expect(policyFor({ 'response-content-type': two })).toBe(sandbox);
  });
});
