/** The CDN under the public address of the book: the log from its bucket, everything else from the API. */
import { Annotations, Aws, CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { publicAddress } from './publicAddress.ts';
import { setting } from './settings.ts';

export interface PublicStackProps extends StackProps {
  readonly api: HttpApi;
  /** Of the log. */
  readonly bucket: Bucket;
}

/** Errors that an origin answers; what is not there yet may be there a second later. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export class PublicStack extends Stack {
  /** @throws {Error} a setting is not right. */
  constructor(scope: Construct, id: string, props: PublicStackProps) {
    super(scope, id, props);
    const certificate = setting(this, 'publicCertificate');
    const common = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, compress: false };
    const fromApi = {
      ...common,
      origin: new HttpOrigin(`${props.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // Answers differ by who asks.
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // The gateway knows itself by its own name only.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Minutebook: the book and its log',
      defaultBehavior: fromApi,
      additionalBehaviors: {
        // The verifier and its page's script come with the program, and change with it.
        '/log/*.js': fromApi,
        // It names the keys that the book has recorded.
        '/log/policy': fromApi,
        '/log/*': {
          ...common,
          origin: this.logOrigin(props.bucket),
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
          cachePolicy: new CachePolicy(this, 'AsTheObjectSays', {
            comment: 'Tiles for ever, the checkpoint for seconds: each object says so itself',
            minTtl: Duration.seconds(0),
            defaultTtl: Duration.seconds(0),
            maxTtl: Duration.days(365),
            enableAcceptEncodingGzip: false,
            enableAcceptEncodingBrotli: false,
          }),
          responseHeadersPolicy: new ResponseHeadersPolicy(this, 'Headers', {
            comment: 'Everybody verifies, from wherever they do it',
            corsBehavior: {
              accessControlAllowCredentials: false,
              accessControlAllowHeaders: ['*'],
              accessControlAllowMethods: ['GET', 'HEAD'],
              accessControlAllowOrigins: ['*'],
              originOverride: true,
            },
            securityHeadersBehavior: {
              contentTypeOptions: { override: true },
              referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
              strictTransportSecurity: { accessControlMaxAge: Duration.days(730), override: true },
            },
            customHeadersBehavior: {
              customHeaders: [{ header: 'cross-origin-resource-policy', value: 'cross-origin', override: true }],
            },
          }),
        },
      },
      errorResponses: errorStatuses.map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(certificate === ''
        ? {}
        : {
            domainNames: [new URL(publicAddress(this, 'The certificate publicCertificate')).host],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
    });
    new CfnOutput(this, 'PublicHost', { value: distribution.distributionDomainName });
    acknowledge(distribution, certificate === '');
  }

  /** With an access control of its own: the bucket gives to no stranger, and says for itself to which distributions. */
  private logOrigin(bucket: Bucket) {
    const { bucketName, bucketRegionalDomainName } = bucket;
    const known = Bucket.fromBucketAttributes(this, 'Log', { bucketName, bucketRegionalDomainName });
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac');
    return S3BucketOrigin.withOriginAccessControl(known);
  }
}

function acknowledge(distribution: Distribution, hasDefaultDomain: boolean): void {
  const findings = [
    ['CFR1', 'The public record is for readers in every country.'],
    [
      'CFR2',
      'The gateway bounds how much is asked, and every request is checked by the contract; a firewall may be added.',
    ],
    ['CFR3', 'Its logs would say who read what, from which address. Who reads the public record is nobody’s business.'],
    ...(hasDefaultDomain
      ? [
          [
            'CFR4',
            'The certificate of cloudfront.net does not let us choose; publicCertificate brings TLS 1.2 as the least.',
          ],
        ]
      : []),
  ] as [string, string][];
  for (const [id, reason] of findings) Validations.of(distribution).acknowledge({ id: `AwsSolutions-${id}`, reason });
}
