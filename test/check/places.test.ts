import assert from 'node:assert/strict';
import { judge } from './gate.js';

/** The line a finding of one requirement points at, without its indentation. */
function lineOf(requirement: string, text: string, file?: string): string | undefined {
  const found = (judge(text, {}, file) ?? []).find(
    (each) => each.requirement === requirement && each.verdict === 'fail',
  );
  return found?.position && text.split('\n')[found.position.line - 1]?.trim();
}

const template = `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws-us-gov:s3:::b/*
          - Sid: Wrong
            Effect: Allow
            Action: [bedrock:*, bedrock-mantle:*]
            Resource: "*"
`;

const json = `{
  "Resources": {
    "P": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "PolicyDocument": {
          "Statement": [
            {"Sid": "Right", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-us-gov:s3:::b/*"},
            {"Sid": "Wrong", "Effect": "Allow", "Action": ["bedrock:*", "bedrock-mantle:*"], "Resource": "*"}
          ]
        }
      }
    }
  }
}
`;

/** What a policy may make good in another statement is asked for as one of several ways. */
const several = ['bedrock-no-bearer-token', 'iam-source-vpce', 'mantle-no-bearer-token', 'iam-guardrail-required'];

describe('the place of a finding', () => {
  for (const requirement of [...several, 'iam-no-service-wildcard']) {
    it(`is the statement that is wrong: ${requirement}`, () => {
      assert.equal(lineOf(requirement, template), '- Sid: Wrong');
      assert.match(lineOf(requirement, json, 'template.json') ?? '', /^\{"Sid": "Wrong"/);
    });
  }

  it('is the text where a policy is written as one', () => {
    const text = `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: '{"Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}]}'
`;
    assert.match(lineOf('bedrock-no-bearer-token', text) ?? '', /^PolicyDocument: /);
  });

  it('is the value below the name of an entry, and an unknown one is told by that name', () => {
    const machine = (content: string) => `Parameters: {Content: {Type: String}}
Resources:
  R:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        one:
          files:
            /etc/ok.conf: {content: "level=info"}
            /etc/db.env:
              content: ${content}
`;
    const line = lineOf('user-data-no-secrets', machine('"DB_PASSWORD=hunter2hunter2"'));
    assert.equal(line, 'content: "DB_PASSWORD=hunter2hunter2"');
    const found = judge(machine('!Ref Content'), {})?.find(({ requirement }) => requirement === 'user-data-no-secrets');
    assert.equal(found?.verdict, 'unknown');
    assert.match(found.reason, /one\.files "\/etc\/db\.env"\.content is not known .* parameter Content$/);
  });
});
