import assert from 'node:assert/strict';
import { RampartError } from '#model/error.js';
import { judge, verdictOf } from '../../check/gate.js';
import { read } from './template.js';

const head = 'Transform: AWS::LanguageExtensions\n';
const addresses = (text: string, parameters = {}): string[] =>
  read(text, parameters).resources.map((each) => each.address);

const logs = (collection: string, days: string, around = ''): string => `${head}${around}
Resources:
  Fn::ForEach::Logs:
    - Name
    - ${collection}
    - Log\${Name}:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: !Sub "/\${Name}", RetentionInDays: ${days}}
`;
const names = 'Parameters: {Names: {Type: CommaDelimitedList}}';
const days = (a: number, b: number): string => `Mappings: {Days: {a: {days: ${a}}, b: {days: ${b}}}}`;

describe('Fn::ForEach', () => {
  it('makes a resource for each item', () => {
    assert.deepEqual(addresses(logs('[a, b]', '400')), ['Loga', 'Logb']);
    assert.equal(verdictOf('log-group-retention', logs('[a, b]', '400')), 'pass');
    assert.equal(verdictOf('log-group-retention', logs('[a, b]', '30')), 'fail');
  });

  it('takes its list from a parameter that is given', () => {
    assert.deepEqual(addresses(logs('!Ref Names', '400', names), { Names: 'x,y' }), ['Logx', 'Logy']);
  });

  it('puts the item in place of Ref, and in mappings', () => {
    const looked = (a: number, b: number) => logs('[a, b]', '!FindInMap [Days, !Ref Name, days]', days(a, b));
    assert.equal(verdictOf('log-group-retention', looked(400, 731)), 'pass');
    assert.equal(verdictOf('log-group-retention', looked(400, 7)), 'fail');
  });

  it('over a list that is not known is judged for any item', () => {
    assert.deepEqual(addresses(logs('!Ref Names', '400', names)), ['Log<Names>']);
    assert.equal(verdictOf('log-group-retention', logs('!Ref Names', '400', names)), 'pass');
    assert.equal(verdictOf('log-group-retention', logs('!Ref Names', '30', names)), 'fail');
    assert.equal(verdictOf('log-group-retention', logs('!Ref Names', '!Ref Name', names)), 'unknown');
    const looked = logs('!Ref Names', '!FindInMap [Days, !Ref Name, days]', `${names}\n${days(400, 7)}`);
    assert.equal(verdictOf('log-group-retention', looked), 'fail');
  });

  it('inside another makes their product', () => {
    const text = `${head}
Resources:
  Fn::ForEach::Outer:
    - A
    - [x, y]
    - Fn::ForEach::Inner:
        - B
        - ["1.1", "2"]
        - Log\${A}&{B}:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: !Sub "\${A}-\${B}", RetentionInDays: 400}
`;
    assert.deepEqual(addresses(text), ['Logx11', 'Logx2', 'Logy11', 'Logy2']);
  });

  it('in properties makes their keys, and leaves them open where its list is', () => {
    const key = (collection: string, around = ''): string => `${head}${around}
Resources:
  K:
    Type: AWS::KMS::Key
    Properties:
      Fn::ForEach::Switches:
        - Name
        - ${collection}
        - "\${Name}": true
`;
    assert.equal(verdictOf('kms-key-rotation', key('[Enabled, EnableKeyRotation]')), 'pass');
    assert.equal(verdictOf('kms-key-rotation', key('[Enabled]')), 'fail');
    assert.equal(verdictOf('kms-key-rotation', key('!Ref Names', names)), 'unknown');
  });

  it('keeps what belongs together in step', () => {
    const text = (subject: string): string => `${head}${names}
Resources:
  Fn::ForEach::Buckets:
    - Name
    - !Ref Names
    - "B\${Name}": {Type: AWS::S3::Bucket}
      "P\${Name}":
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref "${subject}"
          PolicyDocument:
            Statement:
              - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: [!Sub "\${B\${Name}.Arn}", !Sub "\${B\${Name}.Arn}/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}
`;
    assert.equal(verdictOf('s3-tls-only', text('B${Name}')), 'pass');
    assert.notEqual(verdictOf('s3-tls-only', text('C${Name}')), 'pass');
  });

  it('that may have no turn is nothing to rely on', () => {
    const text = `${head}${names}
Resources:
  B: {Type: AWS::S3::Bucket}
  Fn::ForEach::Policies:
    - Name
    - !Ref Names
    - "P\${Name}":
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref B
          PolicyDocument:
            Statement:
              - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: [!GetAtt B.Arn, !Sub "\${B.Arn}/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}
`;
    assert.equal(verdictOf('s3-tls-only', text), 'fail');
    assert.match(
      judge(text)?.find((each) => each.requirement === 's3-tls-only')?.branch ?? '',
      /when <Names> is empty/,
    );
  });

  it('that multiplies itself is refused', () => {
    const list = `[${Array.from({ length: 100 }, (_, index) => `i${index}`).join(', ')}]`;
    const nest = (depth: number): string =>
      depth === 0
        ? '{"R${I1}${I2}${I3}": {Type: "AWS::Test::Thing"}}'
        : `{"Fn::ForEach::L${depth}": [I${depth}, ${list}, ${nest(depth - 1)}]}`;
    assert.throws(
      () => read(`Resources: ${nest(3)}\n`),
      (error) => error instanceof RampartError && /loops make more than/.test(error.message) && error.exit === 'input',
    );
  });

  it('that is not one is said to be unread', () => {
    assert.equal(
      verdictOf('nested-template-known', `${head}Resources: {"Fn::ForEach::X": [a, b], K: {Type: "AWS::KMS::Key"}}`),
      'unknown',
    );
  });
});
