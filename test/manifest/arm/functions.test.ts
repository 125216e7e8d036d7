import assert from 'node:assert/strict';
import type { Resource } from '#model/resource.js';
import { evaluate, read, short } from './template.js';

// What Bicep makes of `map`, `filter` and functions of one's own.
const own = {
  functions: [
    {
      namespace: 'house',
      members: {
        place: {
          parameters: [{ name: 'short', type: 'string' }],
          output: { type: 'string', value: "[concat('usgov', parameters('short'))]" },
        },
        twice: { parameters: [{ name: 'of' }], output: { value: "[house.place(house.place(parameters('of')))]" } },
        open: {
          parameters: [{ name: 'of' }],
          output: { value: "[if(equals(parameters('of'), 'a'), parameters('of'), parameters('name'))]" },
        },
        round: { parameters: [], output: { value: '[house.round()]' } },
      },
    },
  ],
};

const around = {
  ...own,
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
  ["[map(createArray('a', 'b'), lambda('each', concat(lambdaVariables('each'), '-x')))]", '["a-x", "b-x"]'],
  ["[map(createArray('a', 'b'), lambda('each', 'n', lambdaVariables('N')))]", '[0, 1]'],
  ["[map(parameters('list'), lambda('each', 'x'))]", '? map(parameter list)'],
  [
    "[map(concat(createArray('a'), parameters('list')), lambda('each', lambdaVariables('each')))]",
    '["a", ? parameter list]',
  ],
  [
    "[map(createArray('a', 'b'), lambda('o', map(createArray(1, 2), lambda('i', format('{0}{1}', lambdaVariables('o'), lambdaVariables('i'))))))]",
    '[["a1", "a2"], ["b1", "b2"]]',
  ],
  ["[filter(createArray(1, 2, 3), lambda('each', greater(lambdaVariables('each'), 1)))]", '[2, 3]'],
  [
    "[reduce(createArray(1, 2, 3), 10, lambda('sum', 'each', add(lambdaVariables('sum'), lambdaVariables('each'))))]",
    '16',
  ],
  ["[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]", '[1, 2, 3]'],
  [
    "[sort(createArray('b', parameters('name')), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]",
    "? sort(['b', parameter name])",
  ],
  ["[toObject(createArray('a', 'b'), lambda('each', lambdaVariables('each')), lambda('each', 1))]", '{a: 1, b: 1}'],
  [
    "[toObject(createArray(parameters('name')), lambda('each', lambdaVariables('each')))]",
    '? toObject([parameter name])',
  ],
  [
    "[groupBy(createArray('a1', 'b1', 'a2'), lambda('each', first(lambdaVariables('each'))))]",
    '{a: ["a1", "a2"], b: ["b1"]}',
  ],
  ["[mapValues(createObject('a', 1), lambda('each', add(lambdaVariables('each'), 1)))]", '{a: 2}'],
  ["[items(createObject('b', 1, 'a', 2))]", '[{key: "a", value: 2}, {key: "b", value: 1}]'],
  ["[objectKeys(createObject('b', 1, 'a', 2))]", '["a", "b"]'],
  ['[flatten(createArray(createArray(1), createArray(2, 3)))]', '[1, 2, 3]'],
  ["[lambdaVariables('each')]", "? lambdaVariables('each')"],
  ["[house.place('virginia')]", '"usgovvirginia"'],
  ["[HOUSE.Place(parameters('name'))]", 'usgov{? parameter name}'],
  ["[house.twice('x')]", '"usgovusgovx"'],
  ["[house.open('a')]", '"a"'],
  ["[house.open('b')]", '? parameter name, which the function lacks'],
  ['[house.round()]', '? house.round(), nested too deep to follow,'],
  ['[house.none()]', '? house.none()'],
  ["[coalesce(tryGet(variables('nested'), 'key', 'other'), 'x')]", '"x"'],
  ["[coalesce(tryGet(variables('nested'), 'key', 'inner', 0), 'x')]", '"a"'],
  ["[coalesce(tryGet(parameters('settings'), 'a'), 'x')]", "? coalesce(tryGet(parameter settings, 'a'), 'x')"],
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

  it('is asked anew for each item and each call', () => {
    const asked: string[] = [];
    const world = {
      choose: (variable: string) => {
        asked.push(variable);
        return asked.length % 2;
      },
    };
    const list = "createArray(createObject('n', 1), createObject('n', 2))";
    const x = `[filter(${list}, lambda('each', contains(parameters('list'), lambdaVariables('each').n)))]`;
    const y = "[concat(string(house.is('a')), string(house.is('b')))]";
    const is = {
      parameters: [{ name: 'of' }],
      output: { value: "[if(contains(reference('x').y, parameters('of')), 1, 2)]" },
    };
    const functions = [{ namespace: 'house', members: { is } }];
    const resources = [{ type: 'Microsoft.Test/things', apiVersion: '1', name: 'it', x, y }];
    const [it] = read({ ...around, functions, resources }).resources.slice(-1) as [Resource];
    short(it.properties(world).get('x'));
    short(it.properties(world).get('y'));
    assert.equal(new Set(asked).size, 4, asked.join('\n'));
  });
});
