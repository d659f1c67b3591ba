/** Who can sign in: the one issuer of tokens that the API accepts. */
import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPoolClient,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { setting } from './settings.ts';

export class IdentityStack extends Stack {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.userPool = new UserPool(this, 'People', {
      // The keepers of the book invite; nobody comes in by himself.
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      mfa: Mfa.REQUIRED,
      // Codes of an app; text messages can be diverted.
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // Refuses passwords known to have leaked, and sign-ins that look like somebody else's. It is paid by the person
      // and month (USD 0.02), which for the people of one organisation is less than a dollar.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.userPool.addDomain('SignIn', {
      // Such addresses are unique in the world; the account's number makes one that is free.
      cognitoDomain: { domainPrefix: setting(this, 'signInPrefix') || `minutebook-${Aws.ACCOUNT_ID}` },
    });

    this.client = this.userPool.addClient('Browser', {
      // A program in people's hands keeps no secret: it proves itself with PKCE.
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: setting(this, 'callbackUrls').split(','),
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.hours(12),
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
      // No scope lets a token change attributes: nobody changes the address under which he was invited.
    });
    // Passwords are given to the sign-in page only, never to the API of Cognito, which is what its defaults allow.
    const resource = this.client.node.defaultChild as CfnUserPoolClient;
    resource.explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];

    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'ClientId', { value: this.client.userPoolClientId });
    new CfnOutput(this, 'Issuer', { value: this.issuer });
  }

  /** Only of the user pool: no setting can name another issuer. */
  get issuer(): string {
    return this.userPool.userPoolProviderUrl;
  }
}
