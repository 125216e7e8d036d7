import assert from 'node:assert/strict';
import { short } from '../arm/template.js';
import { evaluate } from './template.js';

const rows: readonly [what: string, expression: string, value: string, around?: string, parameters?: object][] = [
  ['Fn::Length of a list', '!Length [a, b, c]', '3'],
  ['Fn::Length of a parameter', '!Length {Ref: L}', '2', 'Parameters: {L: {Type: CommaDelimitedList}}', { L: 'a,b' }],
  [
    'Fn::Length of a parameter left empty',
    '!Length {Ref: L}',
    '1',
    'Parameters: {L: {Type: CommaDelimitedList}}',
    { L: '' },
  ],
  ['Fn::Length of what is open', '!Length {Ref: L}', '? parameter L', 'Parameters: {L: {Type: CommaDelimitedList}}'],
  ['Fn::ToJsonString', '!ToJsonString {a: 1, b: [x, true]}', '"{\\"a\\":1,\\"b\\":[\\"x\\",true]}"'],
  ['Fn::ToJsonString leaves out NoValue', '!ToJsonString {a: !Ref "AWS::NoValue", b: 1}', '"{\\"b\\":1}"'],
  [
    'Fn::ToJsonString with an open part',
    '!ToJsonString {a: !Ref P}',
    '{"a":{? parameter P}}',
    'Parameters: {P: {Type: String}}',
  ],
  ['Fn::Cidr', '!Select [1, !Cidr [10.0.0.0/16, 6, 8]]', '"10.0.1.0/24"'],
  ['Fn::Cidr of IPv6', '!Select [1, !Cidr ["2600:1f14:e00:ab00::/56", 2, 64]]', '"2600:1f14:e00:ab01::/64"'],
  ['Fn::Cidr with no room', '!Cidr [10.0.0.0/24, 3, 7]', '? Fn::Cidr of 10.0.0.0/24'],
  ['Fn::Cidr of an import', '!Cidr [!ImportValue net, 3, 7]', '? the import net'],
  ['Fn::GetAZs', '!GetAZs us-gov-west-1', '? Fn::GetAZs us-gov-west-1'],
  ['Fn::Select of zones', '!Select [0, !GetAZs ""]', '? Fn::GetAZs'],
  ['Fn::Split and Fn::Select', '!Select [1, !Split [":", "a:b"]]', '"b"'],
  ['Fn::Select beyond the end', '!Select [7, [a]]', '? a Select beyond the end of its list'],
  ['Fn::Base64', '!Base64 abc', '"YWJj"'],
  ['Fn::Join', '!Join ["-", [a, !Ref "AWS::Region"]]', '"a-us-gov-west-1"'],
  [
    'Fn::Join with an open delimiter',
    '{"Fn::Join": [{Ref: P}, [a, b]]}',
    '? a Join whose delimiter is not written out',
    'Parameters: {P: {Type: String}}',
  ],
  ['Fn::Sub with a list', '!Sub "x-${L}"', '"x-a,b"', 'Parameters: {L: {Type: CommaDelimitedList}}', { L: 'a,b' }],
  ['Fn::Sub with a literal', '!Sub "${!A}-${AWS::Partition}"', '"${A}-aws-us-gov"'],
  ['a dynamic reference', '"{{resolve:ssm:/key}}"', '? dynamic reference {{resolve:ssm:/key}}'],
  [
    'a dynamic reference in a text',
    '"a-{{resolve:secretsmanager:s}}"',
    'a-{? dynamic reference {{resolve:secretsmanager:s}}}',
  ],
  [
    'a dynamic reference in Fn::Sub',
    '!Sub "{{resolve:ssm:/${AWS::Region}/key}}"',
    '? dynamic reference {{resolve:ssm:/us-gov-west-1/key}}',
  ],
  [
    'a dynamic reference whose name is open',
    '!Sub "{{resolve:ssm:/${P}/key}}"',
    '? a dynamic reference',
    'Parameters: {P: {Type: String}}',
  ],
  [
    'a dynamic reference that is joined',
    '{"Fn::Join": ["", ["{{resolve:secretsmanager:", {Ref: P}, ":SecretString:password::}}"]]}',
    '? a dynamic reference',
    'Parameters: {P: {Type: String}}',
  ],
  [
    'a joined dynamic reference in a text',
    '!Join ["", ["a-", !Ref P, "-{{resolve:ssm:/", !Ref P, "/key}}-b"]]',
    'a-{? parameter P}-{? a dynamic reference}-b',
    'Parameters: {P: {Type: String}}',
  ],
  ['Fn::FindInMap', '!FindInMap [M, a, x]', '1', 'Mappings: {M: {a: {x: 1}}}'],
  ['Fn::FindInMap with a default', '!FindInMap [M, b, x, {DefaultValue: 9}]', '9', 'Mappings: {M: {a: {x: 1}}}'],
  [
    'Fn::FindInMap that finds nothing',
    '!FindInMap [M, b, x]',
    '? a FindInMap that finds nothing',
    'Mappings: {M: {a: {x: 1}}}',
  ],
  ['Fn::ImportValue', '!ImportValue net-vpc', '? the import net-vpc'],
  ['Fn::ImportValue of a Sub', '!ImportValue {"Fn::Sub": "${P}-vpc"}', '? the import ${P}-vpc'],
  [
    'Fn::ImportValue of a Sub with variables',
    '!ImportValue {"Fn::Sub": ["${X}-vpc", {X: a}]}',
    '? the import ${X}-vpc',
  ],
  ['Fn::Transform', '{"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/k"}}}', '? Fn::Transform'],
  ['AWS::NoValue', '!Ref AWS::NoValue', 'absent'],
  ['a pseudo parameter of the account', '!Ref AWS::StackName', '? AWS::StackName'],
  [
    'a parameter looked up in Systems Manager',
    '!Ref P',
    '? parameter P (looked up in Systems Manager when the stack is deployed)',
    'Parameters: {P: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a}}',
    { P: '/b' },
  ],
  ['an attribute of a custom resource', '!GetAtt C.KeyArn', '? what C.KeyArn returns', 'X: y', {}],
];

describe('CloudFormation functions', () => {
  for (const [what, expression, value, around = '', parameters = {}] of rows) {
    it(what, () => {
      const custom = what.includes('custom resource') ? `\n  C: {Type: "Custom::Key"}` : '';
      const got = custom
        ? evaluate(`${expression}${custom}`, '', parameters)
        : evaluate(expression, around, parameters);
      assert.equal(short(got), value);
    });
  }

  it('a NoEcho value is marked as a secret wherever it goes', () => {
    const around = 'Parameters: {P: {Type: String, NoEcho: true}}';
    for (const expression of ['!Ref P', '!Sub "a${P}"', '!Join ["", [!Ref P, b]]', '!Base64 {Ref: P}']) {
      const value = evaluate(expression, around, { P: 'hunter2' });
      assert.ok(value.kind === 'scalar' && value.sensitive, expression);
    }
    const text = evaluate('!Sub "a${P}-${AWS::StackName}"', around, { P: 'hunter2' });
    assert.doesNotMatch(JSON.stringify(text), /hunter2/);
  });
});
