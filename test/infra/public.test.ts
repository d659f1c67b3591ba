/** The CDN under the public address: the log from its bucket, as its objects say; everything else from the API, kept nowhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../shared/contract/routes.ts';
import { resource, type Synthesis, synthesise, synthesiseTemplates } from './synthesis.ts';

const made: Synthesis[] = [];

async function synthesised(more: Record<string, string>): Promise<Template> {
  const [first] = made;
  const synthesis = await (first === undefined ? synthesiseTemplates(more) : synthesise(more, first));
  made.push(synthesis);
  return Template.fromString(readFileSync(join(synthesis.folder, 'cdk.out', 'MinutebookPublic.template.json'), 'utf8'));
}

let cdn: Template;
beforeAll(async () => {
  cdn = await synthesised({});
});
afterAll(() => {
  for (const one of made) one.remove();
});

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly [name: string]: unknown;
}
interface Config {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly { readonly Id: string; readonly [name: string]: unknown }[];
  readonly CustomErrorResponses: readonly { readonly ErrorCachingMinTTL: number; readonly ErrorCode: number }[];
}
const configOf = (template: Template) =>
  resource(template, 'AWS::CloudFront::Distribution', '').Properties.DistributionConfig as Config;
const originOf = ({ TargetOriginId }: Behavior) => configOf(cdn).Origins.find(({ Id }) => Id === TargetOriginId);

describe('the log at the public address', () => {
  const behavior = () => configOf(cdn).CacheBehaviors.find(({ PathPattern }) => PathPattern === '/log/*') as Behavior;

  it('comes from its bucket, by requests that the CDN signs, to those who read', () => {
    expect(behavior()).toMatchObject({ AllowedMethods: ['GET', 'HEAD'], Compress: false });
    expect(originOf(behavior())).toMatchObject({
      DomainName: { 'Fn::ImportValue': expect.stringMatching('MinutebookLog:.*Bucket.*RegionalDomainName') },
      OriginAccessControlId: { 'Fn::GetAtt': [expect.any(String), 'Id'] },
    });
    expect(resource(cdn, 'AWS::CloudFront::OriginAccessControl', '').Properties).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
    // Nothing of a request but its path goes on: nobody lists the bucket with a query.
    expect(behavior().OriginRequestPolicyId).toBeUndefined();
  });

  it('is kept as long as each object says, up to a year, and nothing is kept that went wrong', () => {
    expect(resource(cdn, 'AWS::CloudFront::CachePolicy', '').Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'none' } },
    });
    const { CustomErrorResponses } = configOf(cdn);
    expect(CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual(expect.arrayContaining([403, 404, 503]));
    for (const { ErrorCachingMinTTL } of CustomErrorResponses) expect(ErrorCachingMinTTL).toBe(0);
  });

  it('may be read by pages of everybody, as what it says it is', () => {
    expect(
      resource(cdn, 'AWS::CloudFront::ResponseHeadersPolicy', '').Properties.ResponseHeadersPolicyConfig,
    ).toMatchObject({
      CorsConfig: {
        AccessControlAllowOrigins: { Items: ['*'] },
        AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
        AccessControlAllowCredentials: false,
      },
      SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
    });
  });
});

describe('everything else', () => {
  it('comes from the API and is kept nowhere, the verifier beside the log too', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = configOf(cdn);
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/log/*.js', '/log/policy', '/log/*']);
    for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors.slice(0, -1)]) {
      expect(behavior).toMatchObject({
        // Managed by AWS: no caching; and all that the reader sent, with the token, but for the host.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ViewerProtocolPolicy: 'redirect-to-https',
      });
      expect(originOf(behavior)).toMatchObject({
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      });
      expect(JSON.stringify(originOf(behavior)?.DomainName)).toContain('.execute-api.');
    }
  });

  it('is whatever the contract declares, also below /log/', () => {
    const { CacheBehaviors } = configOf(cdn);
    const matches = (path: string, { PathPattern = '' }: Behavior) =>
      new RegExp(`^${PathPattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path);
    const below = operations.map(({ route }) => route.path).filter(path => path.startsWith('/log/'));
    expect(below).toContain('/log/policy');
    for (const path of below) {
      const first = CacheBehaviors.find(behavior => matches(path, behavior)) as Behavior;
      expect([path, originOf(first)]).toEqual([
        path,
        expect.objectContaining({ CustomOriginConfig: expect.anything() }),
      ]);
    }
  });

  it('knows the address of the CDN, for the gateway sees its own', async () => {
    const publicAddress = 'https://book.lpsa.example';
    await synthesised({ publicAddress });
    const { Properties } = resource((made.at(-1) as Synthesis).api, 'AWS::Lambda::Function', 'siteFunction');
    expect(Properties).toMatchObject({ Environment: { Variables: { PUBLIC_ORIGIN: publicAddress } } });
  });
});

it('takes the public address for its name with a certificate for it, and TLS 1.2 as the least', async () => {
  const publicCertificate = 'arn:aws:acm:us-east-1:123456789012:certificate/abc';
  const named = await synthesised({ publicAddress: 'https://book.lpsa.example', publicCertificate });
  expect(configOf(named)).toMatchObject({
    Aliases: ['book.lpsa.example'],
    ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
  });
  await expect(synthesise({ publicCertificate }, made[0])).rejects.toThrow('publicAddress');
});
