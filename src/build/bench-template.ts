/** One resource of a CloudFormation template, written as people write them: short tags, references, policies. */
type Resource = (name: string) => string;

const resources: readonly Resource[] = [
  (name) => `  ${name}:
    Type: AWS::KMS::Key
    Properties:
      Description: !Sub key of \${AWS::StackName}
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Sid: Administration
            Effect: Allow
            Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}
            Action: 'kms:*'
            Resource: '*'
`,
  (name) => `  ${name}:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key0.Arn}
            BucketKeyEnabled: true
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
      VersioningConfiguration: {Status: !If [Versioned, Enabled, Suspended]}
`,
  (name) => `  ${name}:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Join ['/', ['', aws, !Ref AWS::StackName, ${name}]]
      RetentionInDays: !Ref Retention
      KmsKeyId: !GetAtt Key0.Arn
`,
  (name) => `  ${name}:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Model endpoint
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16, Description: clients}
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16, Description: interface endpoints}
`,
  (name) => `  ${name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: sagemaker.amazonaws.com}
            Action: sts:AssumeRole
            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:\${AWS::Partition}:s3:::models/*'}
`,
];
const names = ['Key', 'Bucket', 'Logs', 'Group', 'Role'];

const head = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Retention: {Type: Number, Default: 400}
  Vpc: {Type: AWS::EC2::VPC::Id}
  Keep: {Type: String, Default: 'yes', AllowedValues: ['yes', 'no']}
Conditions:
  Versioned: !Equals [!Ref Keep, 'yes']
Resources:
`;

/** A template with so many resources; the same text for the same number. */
export const templateOf = (count: number): string =>
  head +
  Array.from({ length: count }, (_, at) => resources[at % names.length]?.(`${names[at % names.length]}${at}`)).join('');

/** The smallest template of at least so many bytes. */
export function templateOfSize(bytes: number): string {
  let count = 1;
  while (templateOf(count).length < bytes) count += 1;
  return templateOf(count);
}
