/** The CDN through which files reach their readers: signed links to the archive, under an origin of their own. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { setting } from './settings.ts';

/**
 * The policy that goes with a file, by the type that its link was signed for: as the embedded server sends it. Browsers show a PDF
 * in a viewer of their own, and Chrome's refuses to start in a sandbox; whatever else it is can do nothing.
 *
 * By the link and not by the answer, because an answer that only says "not modified" has no type.
 */
export const contentPolicyCode = `function handler(event) {
  var type = event.request.querystring['response-content-type'];
  var isPdf = type !== undefined && /^application(%2F|\\/)pdf$/i.test(type.value) && type.multiValue === undefined;
  event.response.headers['content-security-policy'] = {
    value: isPdf ? "frame-ancestors 'none'" : "sandbox; default-src 'none'",
  };
  return event.response;
}
`;

/** All that makes one answer differ from another. The signature is not among it: S3 has seen a good one before it answered. */
const keyParameters = ['response-cache-control', 'response-content-disposition', 'response-content-type'];

/** Errors that S3 answers; a wrong link must not shut out those who come after it with a good one. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export class FileDelivery extends Construct {
  /** Where links lead, such as `https://files.example.org`. */
  readonly origin: string;

  constructor(scope: Construct, id: string, archive: Bucket) {
    super(scope, id);
    const domain = setting(this, 'filesDomain');
    const certificate = setting(this, 'filesCertificate');
    if ((domain === '') !== (certificate === '')) throw new Error('Set filesDomain and filesCertificate, or neither');

    // Without an access control of its own: the link's signature is what S3 judges, and a second one would take its place. It is
    // for the bucket's host, so the name by which readers ask stays here.
    const origin = S3BucketOrigin.withBucketDefaults(archive as IBucket);
    const readOnly = {
      origin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      responseHeadersPolicy: new ResponseHeadersPolicy(this, 'Headers', {
        securityHeadersBehavior: {
          contentTypeOptions: { override: true },
          referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
          strictTransportSecurity: { accessControlMaxAge: Duration.days(730), override: true },
        },
        customHeadersBehavior: {
          customHeaders: [{ header: 'cross-origin-resource-policy', value: 'same-origin', override: true }],
        },
      }),
      // What is packed on the way has another ETag and no ranges.
      compress: false,
    };

    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Minutebook: files of the archive, by signed links',
      // Nothing of such a request goes on but its path: the bucket refuses it as it refuses every stranger.
      defaultBehavior: { ...readOnly, cachePolicy: CachePolicy.CACHING_DISABLED },
      additionalBehaviors: {
        '/archive/*': {
          ...readOnly,
          cachePolicy: new CachePolicy(this, 'ByContent', {
            comment: 'What is answered depends on the file and on how it is to be shown, not on who signed when',
            // Cache-Control decides, and it is in the key: what was answered to a public link is only ever found by one. Links of
            // one person say no-store, which with a least time of 0 is neither kept nor shared by requests at the same time.
            minTtl: Duration.seconds(0),
            defaultTtl: Duration.seconds(0),
            // What is withdrawn is let go within the hour.
            maxTtl: Duration.hours(1),
            queryStringBehavior: CacheQueryStringBehavior.allowList(...keyParameters),
            enableAcceptEncodingGzip: false,
            enableAcceptEncodingBrotli: false,
          }),
          originRequestPolicy: new OriginRequestPolicy(this, 'Signed', {
            comment: 'The whole query, for its signature; no header, so that S3 sees the host that was signed',
            queryStringBehavior: OriginRequestQueryStringBehavior.all(),
          }),
          functionAssociations: [
            {
              eventType: FunctionEventType.VIEWER_RESPONSE,
              function: new EdgeFunction(this, 'ContentPolicy', {
                comment: 'Minutebook: what a file may do in a browser',
                code: FunctionCode.fromInline(contentPolicyCode),
                runtime: FunctionRuntime.JS_2_0,
              }),
            },
          ],
        },
      },
      errorResponses: errorStatuses.map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(domain === ''
        ? {}
        : {
            domainNames: [domain],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
    });
    // Also while `filesDomain` takes its place: CloudFormation lets no value go that the API's stack still reads.
    Stack.of(this).exportValue(distribution.distributionDomainName);
    this.origin = `https://${domain || distribution.distributionDomainName}`;
    acknowledge(distribution, domain === '');
  }
}

function acknowledge(distribution: Distribution, hasDefaultDomain: boolean): void {
  const findings = [
    ['CFR1', 'The public record is for readers in every country.'],
    ['CFR2', 'It only passes signed links on to S3: there is no code behind it to attack, and no form to fill in.'],
    [
      'CFR3',
      'Its logs would say who read what, from which address, with links that are still good. Who reads the public record is nobody’s business; who retrieved what else is an event in the book; the bucket logs each request that reaches it.',
    ],
    ['CFR7', 'The links are signed for S3, which refuses two signatures. Without one, S3 refuses the request.'],
    ...(hasDefaultDomain
      ? [['CFR4', 'The certificate of cloudfront.net does not let us choose; filesDomain brings TLS 1.2 as the least.']]
      : []),
  ] as [string, string][];
  for (const [id, reason] of findings) Validations.of(distribution).acknowledge({ id: `AwsSolutions-${id}`, reason });
}
