import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explore } from '#check/worlds.js';
import type { Resource } from '#model/resource.js';
import type { Value, World } from '#model/value.js';
import { readFiles } from './template.js';

const word = 'arn:';

const around = {
  Parameters: {
    P: { Type: 'String', Default: 'arn:p' },
    Q: { Type: 'String', AllowedValues: ['', 'ar', 'arn:q'] },
    L: { Type: 'CommaDelimitedList', Default: 'b, arn:l' },
    E: { Type: 'String', AllowedValues: ['', 'x'] },
    Open: { Type: 'String' },
  },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'Q' }, ''] } },
  Mappings: { M: { a: { b: 'arn:m', c: 'x' } } },
};
const nested = {
  Parameters: { Given: { Type: 'String', Default: 'x' } },
  Outputs: { O: { Value: 'arn:o' } },
  Resources: { In: { Type: 'AWS::Test::Thing', Properties: { V: { Ref: 'Given' } } } },
};

const name = fc.constantFrom('P', 'Q', 'E', 'L', 'Open', 'B', 'Nobody', 'AWS::Region', 'AWS::NoValue', 'AWS::StackId');
const start = fc.constantFrom('arn:x', 'arn:', 'ar', 'a', 'n:', '', 'x', ' arn:', 'arm:', '{{resolve:ssm:a}}arn:');
const variable = fc.constantFrom(
  'P',
  'Q',
  'E',
  'Open',
  'B',
  'B.Arn',
  'N.Outputs.O',
  '!arn:',
  'AWS::Region',
  'AWS::NoValue',
);
const text = fc
  .tuple(start, fc.option(variable, { nil: undefined }), start)
  .map(([before, of, behind]) => (of === undefined ? before + behind : `${before}\${${of}}${behind}`));

const { expression } = fc.letrec<{ expression: unknown; list: unknown[] }>((tie) => ({
  list: fc.array(tie('expression'), { maxLength: 3 }),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    start,
    text.map((of) => ({ 'Fn::Sub': of })),
    name.map((of) => ({ Ref: of })),
    fc.constantFrom(
      { 'Fn::GetAtt': ['N', 'Outputs.O'] },
      { 'Fn::GetAtt': ['B', 'Arn'] },
      { 'Fn::ImportValue': 'arn:i' },
    ),
    fc.constantFrom('b', 'c').map((of) => ({ 'Fn::FindInMap': ['M', 'a', of] })),
    fc.tuple(text, tie('expression')).map(([of, value]) => ({ 'Fn::Sub': [of, { P: value }] })),
    tie('list'),
    fc.tuple(fc.constantFrom('Key', 'Ref', 'Fn::Base64'), tie('expression')).map(([key, of]) => ({ [key]: of })),
    fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => ({ one, other })),
    fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => ({ 'Fn::If': ['C', one, other] })),
    fc.tuple(fc.nat(1), tie('list')).map(([index, list]) => ({ 'Fn::Select': [index, list] })),
    fc.constantFrom(0, 1).map((index) => ({ 'Fn::Select': [index, { Ref: 'L' }] })),
    fc.tuple(start, tie('list')).map(([delimiter, list]) => ({ 'Fn::Join': [delimiter, list] })),
    start.map((of) => ({ 'Fn::Split': ['r', of] })),
  ),
}));

/** Whether a string below a value begins with the word. */
function isSpelt(value: Value): boolean {
  if (value.kind === 'scalar') return typeof value.value === 'string' && value.value.startsWith(word);
  if (value.kind === 'text') return String(value.parts[0]).startsWith(word);
  if (value.kind === 'list') return value.items.some(isSpelt);
  return value.kind === 'dict' && value.keys().some((key) => isSpelt(value.get(key)));
}

function resourcesOf(value: unknown, parameters = {}): readonly Resource[] {
  const stack = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: './in.yaml', Parameters: { Given: value } },
  };
  const it = { Type: 'AWS::Test::Thing', Properties: { V: value } };
  const main = { ...around, Resources: { It: it, B: { Type: 'AWS::S3::Bucket' }, N: stack } };
  return readFiles({ 'main.yaml': JSON.stringify(main), 'in.yaml': JSON.stringify(nested) }, parameters).resources;
}

const lacks = (resource: Resource): boolean =>
  explore((world: World) => resource.properties(world).lacks?.(word) === true, 64)?.every(({ result }) => result) ??
  false;

const isSpeltAnywhere = (resource: Resource): boolean =>
  explore((world: World) => isSpelt(resource.properties(world)), 64)?.some(({ result }) => result) ?? true;

describe('What a resource of a template lacks', () => {
  it('is in none of its branches, whatever its expressions come to', () => {
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom({}, { Open: 'arn:given' }, { P: 'x', L: 'arn:one,b' }),
        (value, given) => {
          for (const resource of resourcesOf(value, given)) {
            assert.ok(!lacks(resource) || !isSpeltAnywhere(resource), resource.address);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  const passedOver: readonly unknown[] = [
    'x',
    { 'Fn::Sub': '${AWS::Region}-arn:' },
    { 'Fn::Sub': '${B}-arn:' },
    { 'Fn::If': ['C', 'x', { Ref: 'B' }] },
    { 'Fn::Join': ['', ['https://', { Ref: 'P' }]] },
    { Ref: 'Open' },
    [{ 'Fn::ImportValue': 'arn:i' }],
  ];
  for (const value of passedOver) {
    it(`is seen at a look: ${JSON.stringify(value)}`, () => {
      const [it] = resourcesOf(value);
      assert.ok(it && lacks(it));
    });
  }

  it('is not what is nested deeper than anybody looks', () => {
    const deep = Array.from({ length: 60 }).reduce<unknown>((below) => ({ below }), 'x');
    const [it] = resourcesOf(deep);
    assert.ok(it && !lacks(it));
  });
});
