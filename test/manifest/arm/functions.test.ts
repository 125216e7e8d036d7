import assert from 'node:assert/strict';
import { evaluate, short } from './template.js';

const around = {
  parameters: {
    name: { type: 'string' },
    on: { type: 'bool' },
    list: { type: 'array' },
    settings: { type: 'object' },
    one: { type: 'string', allowedValues: ['only'] },
    secret: { type: 'securestring', defaultValue: 'hunter2' },
  },
  variables: {
    prefix: 'gov',
    joined: "[concat(variables('prefix'), '-ai')]",
    circle: "[variables('circle')]",
    nested: { Key: { inner: ['a', 'b'] }, nothing: null },
    copy: [{ name: 'made', count: 2, input: "[concat('n', copyIndex('made', 1))]" }],
  },
};

const table: readonly (readonly [string, string])[] = [
  ["[concat('a', 'b', 1)]", '"ab1"'],
  ["[concat('a-', parameters('name'))]", 'a-{? parameter name}'],
  ["[concat(createArray('a'), createArray('b'))]", '["a", "b"]'],
  ["[concat(createArray('a'), parameters('list'))]", '["a", ? parameter list]'],
  ["[concat(parameters('name'), parameters('one'))]", '{? parameter name}only'],
  ["[format('{0}/{1}{{}}', 'a', parameters('name'))]", 'a/{? parameter name}{}'],
  ["[parameters('one')]", '"only"'],
  ["[PARAMETERS('Name')]", '? parameter name'],
  ["[parameters('secret')]", '? secure parameter secret'],
  ["[concat('x', parameters('secret'))]", 'x{? secure parameter secret}'],
  ["[parameters('missing')]", '? parameter missing, which the template does not define'],
  ["[parameters('settings').a.b]", '? parameter settings'],
  ["[variables('joined')]", '"gov-ai"'],
  ["[variables('circle')]", '? variable circle, which refers to itself,'],
  ["[variables('nested').key.INNER[1]]", '"b"'],
  ["[variables('nested').nothing]", 'absent'],
  ["[variables('nested').other]", "? variables('nested').other, which is not there,"],
  ["[variables('nested').?other]", 'absent'],
  ["[variables('made')]", '["n1", "n2"]'],
  ["[if(true(), 'yes', 'no')]", '"yes"'],
  ["[if(equals('a', 'A'), 'yes', 'no')]", '"no"'],
  ['[if(and(true(), not(false())), 1, 2)]', '1'],
  ['[if(or(false(), equals(1, 1)), 1, 2)]', '1'],
  ["[and(false(), parameters('on'))]", 'false'],
  ["[and(true(), parameters('on'))]", '? and(true, parameter on)'],
  ["[not(parameters('on'))]", '? not(parameter on)'],
  ["[toLower('ABC')]", '"abc"'],
  ["[base64('üb')]", '"w7xi"'],
  ["[base64ToString('w7xi')]", '"üb"'],
  ["[base64ToString(base64('a b'))]", '"a b"'],
  ["[toUpper(concat('a', parameters('name')))]", 'A{? parameter name}'],
  ["[replace('a-b', '-', '')]", '"ab"'],
  ["[split('a,b', ',')]", '["a", "b"]'],
  ["[join(createArray('a', 'b'), '-')]", '"a-b"'],
  ["[first(split('a,b', ','))]", '"a"'],
  ["[last('abc')]", '"c"'],
  ['[length(createArray(1, 2))]', '2'],
  ["[length(parameters('list'))]", '? length(parameter list)'],
  ["[empty('')]", 'true'],
  ["[empty(parameters('name'))]", '? empty(parameter name)'],
  ["[empty(concat('a', parameters('name')))]", 'false'],
  ["[contains(createArray('a'), 'a')]", 'true'],
  ["[contains(createArray('a', parameters('name')), 'b')]", "? contains(['a', parameter name], 'b')"],
  ["[contains('abc', 'b')]", 'true'],
  ["[contains(variables('nested'), 'KEY')]", 'true'],
  ["[union(createArray('a'), createArray('a', 'b'))]", '["a", "b"]'],
  [
    "[union(createObject('a', 1, 'b', createObject('c', 1)), createObject('b', createObject('d', 2)))]",
    '{a: 1, b: {c: 1, d: 2}}',
  ],
  ["[union(createObject('a', 1), parameters('settings')).a]", '? parameter settings'],
  ["[union(parameters('settings'), createObject('a', 1)).a]", '1'],
  [
    "[shallowMerge(createArray(createObject('a', 1, 'b', createObject('c', 1)), createObject('b', createObject('d', 2))))]",
    '{a: 1, b: {d: 2}}',
  ],
  ["[shallowMerge(createArray(parameters('settings'), createObject('a', 1))).a]", '1'],
  ["[shallowMerge(createArray(createObject('a', 1), parameters('settings'))).a]", '? parameter settings'],
  ["[array('a')]", '["a"]'],
  ['[string(5)]', '"5"'],
  ["[int('5')]", '5'],
  ["[bool('true')]", 'true'],
  ['[json(\'{"a": [1]}\').a[0]]', '1'],
  ["[json('null')]", 'absent'],
  ['[null()]', 'absent'],
  [null as unknown as string, 'absent'],
  ["[coalesce(null(), 'b')]", '"b"'],
  ['[environment().suffixes.keyvaultDns]', '".vault.usgovcloudapi.net"'],
  ['[environment().suffixes.other]', '? environment()'],
  ['[resourceGroup().id]', '/subscriptions/{? the subscription}/resourceGroups/{? the name of the resource group}'],
  ['[subscription().subscriptionId]', '? the subscription'],
  ['[uniqueString(resourceGroup().name)]', '? uniqueString(the name of the resource group)'],
  ["[listKeys('x', '2024')]", "? listKeys('x', '2024')"],
  ['[contoso.fn(1)]', '? contoso.fn(1)'],
  [
    "[resourceId('Microsoft.Other/things', 'far')]",
    '/subscriptions/{? the subscription}/resourceGroups/{? the name of the resource group}/providers/Microsoft.Other/things/far',
  ],
  ["[resourceId('Microsoft.Test/things', 'it')]", '-> Microsoft.Test/things/it'],
  ["[resourceId('microsoft.test/THINGS', 'IT')]", '-> Microsoft.Test/things/it'],
  [
    "[resourceId('other-group', 'Microsoft.Test/things', 'it')]",
    "? which resource resourceId('other-group', 'Microsoft.Test/things', 'it') is",
  ],
  [
    "[resourceId('Microsoft.Test/things', parameters('name'))]",
    "? which resource resourceId('Microsoft.Test/things', parameter name) is",
  ],
  [
    "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'abc')]",
    '/subscriptions/{? the subscription}/providers/Microsoft.Authorization/roleDefinitions/abc',
  ],
  [
    "[resourceId('Microsoft.Authorization/roleDefinitions', 'abc')]",
    '/subscriptions/{? the subscription}/providers/Microsoft.Authorization/roleDefinitions/abc',
  ],
  ["[reference('it').endpoint]", '-> Microsoft.Test/things/it.endpoint'],
  ["[reference(resourceId('Microsoft.Test/things', 'it')).a.b]", '-> Microsoft.Test/things/it.a.b'],
  ["[reference('elsewhere').endpoint]", "? reference('elsewhere')"],
  ['[[not an expression]', '"[not an expression]"'],
  ['[not an expression', '"[not an expression"'],
];

describe('a function of an ARM template', () => {
  for (const [expression, expected] of table) {
    it(`${expression} is ${expected}`, () => assert.equal(short(evaluate(expression, around)), expected));
  }

  it('never lets a secure value out, not even one that was given', () => {
    const given = evaluate("[concat(parameters('secret'), parameters('name'))]", around, {
      secret: 's3cret',
      name: 'n',
    });
    assert.equal(short(given), '{? secure parameter secret}n');
  });
});
