/** The tables and the user pool: what must never be lost, and who may come in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resource, resources, type Synthesis, synthesiseTemplates } from './synthesis.ts';

const table = 'AWS::DynamoDB::GlobalTable';
let made: Synthesis;

beforeAll(async () => {
  made = await synthesiseTemplates();
});
afterAll(() => made.remove());

describe('the tables', () => {
  it('are three, with the keys that the store uses, paid by the request and encrypted', () => {
    expect(Object.keys(resources(made.data, table))).toHaveLength(3);
    for (const { Properties } of Object.values(resources(made.data, table))) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'partition', KeyType: 'HASH' },
          { AttributeName: 'sort', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'partition', AttributeType: 'S' },
          { AttributeName: 'sort', AttributeType: 'S' },
        ],
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      });
    }
  });

  it.each(['Records', 'Log'])(
    'keep %s for ever: recovery to any second of 35 days, protected from deletion, kept when the stack goes',
    name => {
      const kept = resource(made.data, table, name);
      expect(kept).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          Replicas: [
            {
              DeletionProtectionEnabled: true,
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
            },
          ],
        },
      });
      expect(kept.Properties.StreamSpecification).toEqual(
        name === 'Records' ? { StreamViewType: 'NEW_IMAGE' } : undefined,
      );
      expect(kept.Properties.TimeToLiveSpecification).toBeUndefined();
    },
  );

  it('forget what expires, and spend nothing on keeping it', () => {
    const { Properties } = resource(made.data, table, 'Expiring');
    expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    expect(Properties.StreamSpecification).toBeUndefined();
    expect(Properties.Replicas).toEqual([
      expect.not.objectContaining({ PointInTimeRecoverySpecification: expect.anything() }),
    ]);
  });
});

describe('the user pool', () => {
  it('lets in invited people only, with a second factor and a strong password, and outlives its stack', () => {
    expect(resource(made.identity, 'AWS::Cognito::UserPool', '')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        MfaConfiguration: 'ON',
        Policies: { PasswordPolicy: { MinimumLength: 14, TemporaryPasswordValidityDays: 3 } },
        UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
        UserPoolTier: 'PLUS',
      },
    });
  });

  it('gives tokens to one public client, by authorization code only, for a short time', () => {
    expect(resource(made.identity, 'AWS::Cognito::UserPoolClient', '').Properties).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      EnableTokenRevocation: true,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 12 * 60,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
    });
  });
});

it('tags everything that can carry a tag', () => {
  const tagged = [...all('data'), ...all('identity'), ...all('archive'), ...all('decisions'), ...all('api')].filter(
    ({ Properties }) => JSON.stringify(Properties).includes('"minutebook"'),
  );
  const taggable =
    /GlobalTable|UserPool$|Lambda::Function|IAM::Role|LogGroup|S3::Bucket$|Distribution$|ApiGatewayV2::(Api|Stage)$/;
  const expected = [...all('data'), ...all('identity'), ...all('archive'), ...all('decisions'), ...all('api')].filter(
    ({ Type }) => taggable.test(Type),
  );
  expect(expected.length).toBeGreaterThan(20);
  expect(tagged).toEqual(expect.arrayContaining(expected));
});

function all(stack: 'data' | 'identity' | 'archive' | 'decisions' | 'api') {
  return Object.values(made[stack].toJSON().Resources) as ReturnType<typeof resource>[];
}
