import assert from 'node:assert/strict';
import { RampartError } from '#model/error.js';
import type { Manifest, Resource } from '#model/resource.js';
import { openChoice, plainWorld, type World } from '#model/value.js';
import { judge } from '../../check/gate.js';
import { evaluate, head, read, readText, short } from './template.js';

const addresses = (manifest: Manifest): string[] => manifest.resources.map(({ address }) => address);
const at = (manifest: Manifest, address: string): Resource => {
  const found = manifest.resources.find((each) => each.address === address);
  assert.ok(found, `${address} is not among ${addresses(manifest).join(', ')}`);
  return found;
};
const property = (resource: Resource, key: string, world: World = plainWorld): string =>
  short(resource.properties(world).get(key));

/** A world that answers by a table and takes the first option otherwise; remembers what it was asked. */
const answering = (answers: Record<string, string> = {}) => {
  const asked: string[] = [];
  const world: World = {
    choose(variable, options) {
      asked.push(`${variable}: ${options.join(' | ')}`);
      return Math.max(0, options.indexOf(answers[variable] ?? ''));
    },
  };
  return { world, asked };
};

const thing = (more: object) => ({ type: 'Microsoft.Test/things', apiVersion: '2024-01-01', name: 'it', ...more });

describe('an ARM template', () => {
  it('is known by its schema, for deployments of every scope', () => {
    for (const scope of ['d', 'subscriptionD', 'managementGroupD', 'tenantD']) {
      const $schema = `https://schema.management.azure.com/schemas/2019-04-01/${scope}eploymentTemplate.json#`;
      assert.equal(read({ $schema, resources: [thing({})] }).language, 'arm');
    }
    assert.throws(() =>
      readText('{"$schema": "x/deploymentParameters.json#", "contentVersion": "1", "parameters": {}}'),
    );
  });

  it('holds its resources in a list or under symbolic names', () => {
    assert.deepEqual(addresses(read({ resources: [thing({})] })), ['Microsoft.Test/things/it']);
    const symbolic = read({ languageVersion: '2.0', resources: { thing: thing({}), old: thing({ existing: true }) } });
    assert.deepEqual(addresses(symbolic), ['thing', 'old']);
    assert.equal(at(symbolic, 'old').existsIn(plainWorld), false);
    assert.equal(property(at(symbolic, 'old'), 'properties'), '? old, which is there already,');
  });

  it('has the whole resource as its properties, keys without regard to case, null as nothing', () => {
    const manifest = read({
      resources: [thing({ SKU: { Name: 'S0' }, kind: null, dependsOn: ['x'], location: 'US Gov Virginia' })],
    });
    const resource = at(manifest, 'Microsoft.Test/things/it');
    assert.equal(property(resource, 'sku'), '{Name: "S0"}');
    assert.equal(property(resource, 'kind'), 'absent');
    assert.equal(property(resource, 'dependsOn'), 'absent');
    assert.equal(property(resource, 'apiVersion'), '"2024-01-01"');
    assert.equal(property(resource, 'location'), '"usgovvirginia"');
    const twice = read({ resources: [thing({ x: 1, X: 2 })] });
    assert.match(property(at(twice, 'Microsoft.Test/things/it'), 'x'), /^\? X, which stands twice/);
  });

  it('may have expressions for keys; one that is open may be any key', () => {
    const template = { parameters: { k: { type: 'string' } }, variables: { k: 'Public' } };
    const written = read({ ...template, resources: [thing({ properties: { "[variables('k')]": 1 } })] });
    assert.equal(property(written.resources[0] as Resource, 'properties'), '{Public: 1}');
    const open = read({ ...template, resources: [thing({ properties: { "[parameters('k')]": 1 } })] });
    const properties = (open.resources[0] as Resource).properties(plainWorld).get('properties');
    assert.equal(
      short(properties.kind === 'dict' ? properties.get('public') : properties),
      '? a property whose name is not written out',
    );
  });

  it('may have comments', () => {
    const text = JSON.stringify({ ...head, resources: [thing({ x: 'https://a//b /* no comment */' })] }, null, 2);
    const commented = `// first\n${text.replace('"resources"', '/* here\n are */ "resources"')} // "last`;
    const manifest = readText(commented);
    assert.equal(property(manifest.resources[0] as Resource, 'x'), '"https://a//b /* no comment */"');
    assert.equal(manifest.lines.line(1), '// first');
    readText(text.replace('"resources"', `${'/*'.repeat(1)}*/"resources"`));
  });

  describe('parameters', () => {
    const around = (parameter: object) => ({ parameters: { p: parameter } });
    const open = (parameter: object, answers: Record<string, string>) => {
      const { world, asked } = answering(answers);
      const manifest = read({ ...around(parameter), resources: [thing({ x: "[parameters('p')]" })] });
      return { value: property(manifest.resources[0] as Resource, 'x', world), asked };
    };

    it('without a default are unknown', () => {
      assert.equal(short(evaluate("[parameters('p')]", around({ type: 'string' }))), '? parameter p');
    });

    it('given in a parameters file are known', () => {
      assert.equal(
        short(evaluate("[parameters('p')]", around({ type: 'bool', defaultValue: true }), { P: false })),
        'false',
      );
      assert.equal(short(evaluate("[parameters('p').a]", around({ type: 'object' }), { p: { a: [1] } })), '[1]');
    });

    it('have their default as one witness of several', () => {
      assert.throws(
        () => evaluate("[parameters('p')]", around({ type: 'bool', defaultValue: true })),
        (thrown) => thrown === openChoice,
      );
      assert.equal(open({ type: 'bool', defaultValue: true }, {}).value, 'true');
      assert.equal(
        open({ type: 'bool', defaultValue: true }, { 'parameter p': 'another value' }).value,
        '? parameter p',
      );
    });

    it('have each of their allowed values in turn', () => {
      const parameter = { type: 'string', defaultValue: 'a', allowedValues: ['a', 'b'] };
      assert.equal(open(parameter, { 'parameter p': '"b"' }).value, '"b"');
      assert.deepEqual(open(parameter, {}).asked, ['parameter p: "a" | "b"']);
    });

    it('are tried with what they are compared with', () => {
      const manifest = read({
        ...around({ type: 'string' }),
        resources: [thing({ x: "[if(equals(parameters('p'), 'prod'), 'Disabled', 'Enabled')]" })],
      });
      const seen = ['"prod"', 'another value'].map((option) =>
        property(manifest.resources[0] as Resource, 'x', answering({ 'parameter p': option }).world),
      );
      assert.deepEqual(seen, ['"Disabled"', '"Enabled"']);
    });

    it('of a secure type with a value written out keep the text from being quoted', () => {
      const parameter = { type: 'secureString', defaultValue: 'hunter2' };
      assert.equal(read({ ...around(parameter), resources: [] }).unquotable, true);
      assert.equal(read({ ...around({ type: 'secureString' }), resources: [] }).unquotable, undefined);
    });

    it('of a secure type by definition are never known', () => {
      const template = {
        languageVersion: '2.0',
        definitions: { key: { type: 'secureString' } },
        parameters: { p: { $ref: '#/definitions/key', defaultValue: 'hunter2' } },
      };
      assert.equal(short(evaluate("[parameters('p')]", template)), '? secure parameter p');
    });
  });

  describe('conditions', () => {
    it('decide in each world whether a resource is there', () => {
      const manifest = read({
        parameters: { on: { type: 'bool' }, env: { type: 'string' } },
        variables: { isProd: "[equals(parameters('env'), 'prod')]" },
        resources: [
          thing({ condition: false, name: 'never' }),
          thing({ condition: "[parameters('on')]", name: 'maybe' }),
          thing({ condition: "[not(variables('isProd'))]", name: 'test' }),
        ],
      });
      assert.equal(at(manifest, 'Microsoft.Test/things/never').existsIn(plainWorld), false);
      const maybe = at(manifest, 'Microsoft.Test/things/maybe');
      assert.throws(
        () => maybe.existsIn(plainWorld),
        (thrown) => thrown === openChoice,
      );
      assert.equal(maybe.existsIn(answering().world), true);
      assert.equal(maybe.existsIn(answering({ "parameters('on')": 'false' }).world), false);
      const test = at(manifest, 'Microsoft.Test/things/test');
      assert.equal(test.existsIn(answering({ 'parameter env': '"prod"' }).world), false);
      assert.equal(test.existsIn(answering({ 'parameter env': 'another value' }).world), true);
    });
  });

  describe('loops', () => {
    it('over resources are unrolled where their number is known', () => {
      const manifest = read({
        variables: { names: ['a', 'b'] },
        resources: [
          thing({
            name: "[concat('t-', variables('names')[copyIndex()])]",
            copy: { name: 'all', count: "[length(variables('names'))]" },
            x: "[copyIndex('all', 10)]",
          }),
        ],
      });
      assert.deepEqual(addresses(manifest), ['Microsoft.Test/things/t-a', 'Microsoft.Test/things/t-b']);
      assert.deepEqual(
        manifest.resources.map((each) => property(each, 'x')),
        ['10', '11'],
      );
    });

    it('over resources stand for all their turns where the number is open', () => {
      const manifest = read({
        parameters: { items: { type: 'array', defaultValue: [{ v: 1 }, { v: 2 }] } },
        resources: [
          thing({
            name: "[concat('t', copyIndex())]",
            copy: { name: 'all', count: "[length(parameters('items'))]" },
            x: "[parameters('items')[copyIndex()].v]",
          }),
        ],
      });
      const [only, second] = manifest.resources as [Resource, Resource?];
      assert.equal(second, undefined);
      assert.deepEqual(
        manifest.notFollowed.map(({ what }) => what),
        ['the number of turns of loop all'],
      );
      const item = "which item parameters('items')[copyIndex()] is";
      assert.equal(property(only, 'x', answering({ [item]: 'item 1' }).world), '2');
      assert.equal(property(only, 'x', answering({ 'parameter items': 'another value' }).world), '? parameter items');
      assert.equal(only.existsIn(answering({ 'loop all': 'not run at all' }).world), false);
    });

    it('over properties that do not name the property leave the object open', () => {
      const copy = [{ name: "[parameters('n')]", count: 1, input: 1 }];
      const [resource] = read({
        parameters: { n: { type: 'string' } },
        resources: [thing({ properties: { copy } })],
      }).resources;
      const properties = (resource as Resource).properties(plainWorld).get('properties');
      assert.equal(
        short(properties.kind === 'dict' ? properties.get('any') : properties),
        '? a property whose name is not written out',
      );
    });

    it('ask what depends on their turn anew in each, and keep variables out of them', () => {
      const manifest = read({
        parameters: { flags: { type: 'array' } },
        variables: { turn: '[copyIndex()]' },
        resources: [
          thing({
            name: "[concat('t', copyIndex())]",
            copy: { name: 'all', count: 2 },
            condition: "[parameters('flags')[copyIndex()]]",
            x: "[variables('turn')]",
          }),
        ],
      });
      const { world, asked } = answering();
      for (const each of manifest.resources) each.existsIn(world);
      assert.equal(new Set(asked).size, 2);
      assert.match(property(manifest.resources[0] as Resource, 'x'), /outside of its loop/);
    });

    it('over properties make lists, open where the number is', () => {
      const copy = [{ name: 'rules', count: "[parameters('n')]", input: { at: "[copyIndex('rules')]" } }];
      const template = { parameters: { n: { type: 'int' } }, resources: [thing({ properties: { copy } })] };
      const known = read(template, { n: 2 }).resources[0] as Resource;
      assert.equal(property(known, 'properties'), '{rules: [{at: 0}, {at: 1}]}');
      const open = read(template).resources[0] as Resource;
      assert.equal(property(open, 'properties'), '{rules: [? the number of turns of loop rules]}');
    });
  });

  describe('relations', () => {
    const account = { type: 'Microsoft.CognitiveServices/accounts', apiVersion: '1', name: "[parameters('account')]" };
    const parameters = { account: { type: 'string', defaultValue: 'chat' }, other: { type: 'string' } };
    const account0 = 'Microsoft.CognitiveServices/accounts/parameter account';

    it('lead from a child to its parent, nested or by its name', () => {
      const manifest = read({
        parameters,
        resources: [
          { ...account, resources: [{ type: 'deployments', apiVersion: '1', name: 'gpt' }] },
          {
            type: 'Microsoft.CognitiveServices/accounts/deployments',
            apiVersion: '1',
            name: "[format('{0}/mini', parameters('account'))]",
          },
          { type: 'Microsoft.CognitiveServices/accounts/deployments', apiVersion: '1', name: 'far/mini' },
          { type: 'Microsoft.CognitiveServices/accounts/deployments', apiVersion: '1', name: "[variables('nothing')]" },
        ],
      });
      assert.deepEqual(
        manifest.resources.slice(1).map((each) => property(each, 'parent')),
        [
          `-> ${account0}`,
          `-> ${account0}`,
          "? which resource Microsoft.CognitiveServices/accounts 'far' is",
          '? which resource Microsoft.CognitiveServices/accounts is',
        ],
      );
      assert.equal(manifest.resources[1]?.type, 'Microsoft.CognitiveServices/accounts/deployments');
    });

    it('lead from a diagnostic setting to what it watches, however that is written', () => {
      const settings = [
        {
          type: 'Microsoft.Insights/diagnosticSettings',
          name: 'a',
          scope: "[resourceId('Microsoft.CognitiveServices/accounts', parameters('account'))]",
        },
        {
          type: 'Microsoft.Insights/diagnosticSettings',
          name: 'b',
          scope: "[format('Microsoft.CognitiveServices/accounts/{0}', parameters('account'))]",
        },
        {
          type: 'Microsoft.CognitiveServices/accounts/providers/diagnosticSettings',
          name: "[concat(parameters('account'), '/Microsoft.Insights/', 'c')]",
        },
      ].map((each) => ({ apiVersion: '1', ...each }));
      const nested = { type: 'providers/diagnosticSettings', apiVersion: '1', name: 'Microsoft.Insights/d' };
      const manifest = read({ parameters, resources: [{ ...account, resources: [nested] }, ...settings] });
      const found = manifest.resources.filter(({ type }) => type === 'Microsoft.Insights/diagnosticSettings');
      assert.deepEqual(
        found.map((each) => property(each, 'scope')),
        Array(4).fill(`-> ${account0}`),
      );
      assert.deepEqual(
        found.map((each) => property(each, 'parent')),
        Array(4).fill('absent'),
      );
    });

    it('are not guessed between names that may be the same', () => {
      const manifest = read({
        parameters,
        resources: [
          { ...account },
          { ...account, name: "[parameters('other')]" },
          thing({
            x: "[resourceId('Microsoft.CognitiveServices/accounts', parameters('other'))]",
            y: "[resourceId('Microsoft.CognitiveServices/accounts', 'spelt')]",
          }),
        ],
      });
      const it = at(manifest, 'Microsoft.Test/things/it');
      assert.equal(property(it, 'x'), '-> Microsoft.CognitiveServices/accounts/parameter other');
      assert.match(property(it, 'y'), /^\? which resource/);
    });

    it('by symbolic names lead to resources of the template, and to those it says exist already', () => {
      const manifest = read({
        languageVersion: '2.0',
        resources: {
          vault: { type: 'Microsoft.KeyVault/vaults', apiVersion: '1', name: 'v' },
          old: { existing: true, type: 'Microsoft.KeyVault/vaults', apiVersion: '1', name: 'o' },
          thing: thing({ x: "[reference('vault').vaultUri]", y: "[reference('old').vaultUri]" }),
        },
      });
      assert.equal(property(at(manifest, 'thing'), 'x'), '-> vault.vaultUri');
      assert.equal(property(at(manifest, 'thing'), 'y'), '-> old.vaultUri');
    });
  });

  it('a place that is read off another resource is the one that says', () => {
    const parts = (location: string | undefined, part: string) =>
      property(
        at(
          read({
            languageVersion: '2.0',
            resources: {
              parent: { type: 'Microsoft.Test/parents', apiVersion: '1', name: 'p', ...(location ? { location } : {}) },
              thing: { ...thing({}), location: `[reference('parent', '1'${part}).location]` },
            },
          }),
          'thing',
        ),
        'location',
      );
    assert.equal(parts('US Gov Virginia', ", 'full'"), '"usgovvirginia"');
    // Among its properties it is another, and of what names itself nobody knows it.
    assert.equal(parts('US Gov Virginia', ''), '-> parent.location');
    assert.equal(parts("[reference('thing', '1', 'full').location]", ", 'full'"), '-> parent.location');
    assert.equal(parts(undefined, ", 'full'"), '-> parent.location');
  });

  describe('nested deployments', () => {
    const locationIn = (around: object, location: string, ...beside: object[]) => {
      const thing = { type: 'Microsoft.Test/things', apiVersion: '2024-01-01', name: 't', location };
      const deployment = {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: 'd',
        ...around,
        properties: {
          mode: 'Incremental',
          expressionEvaluationOptions: { scope: 'inner' },
          template: { ...head, resources: [thing] },
        },
      };
      const found = read({ resources: [...beside, deployment] }).resources.find(({ type }) => type === thing.type);
      try {
        return short((found as Resource).properties(plainWorld).get('location'));
      } catch (thrown) {
        return thrown === openChoice ? 'one of the boundary' : thrown;
      }
    };

    it('are where they say, and so is what asks for their location', () => {
      assert.equal(locationIn({ location: 'westeurope' }, '[deployment().location]'), '"westeurope"');
      assert.equal(locationIn({}, '[deployment().location]'), 'one of the boundary');
    });

    it('are where the group is they go to', () => {
      const group = { type: 'Microsoft.Resources/resourceGroups', apiVersion: '1', name: 'g', location: 'westeurope' };
      const asked = '[resourceGroup().location]';
      assert.equal(locationIn({ resourceGroup: 'g' }, asked, group), '"westeurope"');
      assert.equal(locationIn({ resourceGroup: 'other' }, asked, group), 'one of the boundary');
      assert.equal(locationIn({}, asked, group), 'one of the boundary');
    });

    it('in another group mean resources of that group', () => {
      const thing = { type: 'Microsoft.Test/things', apiVersion: '2024-01-01', name: 't' };
      const user = {
        type: 'Microsoft.Test/users',
        apiVersion: '2024-01-01',
        name: 'u',
        x: "[resourceId('Microsoft.Test/things', 't')]",
      };
      const within = (resources: object[], more: object = {}, scope = 'inner') => ({
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: `d${JSON.stringify(more).length}`,
        ...more,
        properties: { mode: 'Incremental', expressionEvaluationOptions: { scope }, template: { ...head, resources } },
      });
      const told = (...resources: object[]) => {
        const found = read({ resources }).resources.find(({ type }) => type === 'Microsoft.Test/users');
        return (found as Resource).properties(plainWorld).get('x').kind;
      };
      assert.equal(told(thing, within([user])), 'reference');
      assert.equal(told(thing, within([user], { resourceGroup: 'other' })), 'unknown');
      assert.equal(told(thing, within([user], { resourceGroup: 'other' }, 'outer')), 'reference');
      assert.equal(told(thing, within([user], { resourceGroup: '[resourceGroup().name]' })), 'reference');
      assert.equal(told(within([thing, user], { resourceGroup: 'other' })), 'reference');
      assert.equal(told(within([thing], { resourceGroup: 'other' }), user), 'unknown');
      const other = { resourceGroup: 'other', condition: true };
      assert.equal(told(within([thing], { resourceGroup: 'other' }), within([user], other)), 'reference');
      assert.equal(told(thing, within([within([user])], { resourceGroup: 'other' })), 'unknown');
    });

    const deployment = (template: object, more: object = {}, name = 'module') => ({
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name,
      properties: { mode: 'Incremental', template: { ...head, ...template }, ...more },
    });
    const inner = { expressionEvaluationOptions: { scope: 'inner' } };

    it('are read in their own scope, with what they are given', () => {
      const manifest = read({
        parameters: { outer: { type: 'string' } },
        variables: { v: 'outer variable' },
        resources: [
          deployment(
            {
              parameters: { a: { type: 'string' }, b: { type: 'string' }, s: { type: 'secureString' } },
              variables: { v: 'inner variable' },
              resources: [
                thing({
                  x: "[concat(parameters('a'), variables('v'))]",
                  y: "[parameters('b')]",
                  z: "[parameters('s')]",
                }),
              ],
            },
            { ...inner, parameters: { a: { value: "[parameters('outer')]" }, s: { value: 'hunter2' } } },
          ),
        ],
      });
      const it = at(manifest, 'Microsoft.Test/things/it');
      assert.equal(property(it, 'x'), '{? parameter outer}inner variable');
      assert.equal(property(it, 'y'), '? parameter b of Microsoft.Resources/deployments/module');
      assert.equal(property(it, 'z'), '? secure parameter s of Microsoft.Resources/deployments/module');
    });

    it('have the defaults of what they are not given, since nobody else could give it', () => {
      const template = {
        parameters: { a: { type: 'bool', defaultValue: true } },
        resources: [thing({ x: "[parameters('a')]" })],
      };
      const x = (more: object) =>
        property(at(read({ resources: [deployment(template, more)] }), 'Microsoft.Test/things/it'), 'x');
      assert.equal(x(inner), 'true');
      assert.equal(x({ ...inner, parameters: { a: { value: false } } }), 'false');
      assert.match(x({ ...inner, parameters: { a: { value: null } } }), /^\? parameter a of/);
      assert.throws(
        () => x({ ...inner, parameters: "[parameters('all')]" }),
        (thrown) => thrown === openChoice,
      );
    });

    it('are read in the scope around them unless they say otherwise', () => {
      const manifest = read({
        variables: { v: 'outer' },
        resources: [deployment({ variables: { v: 'inner' }, resources: [thing({ x: "[variables('v')]" })] })],
      });
      assert.equal(property(at(manifest, 'Microsoft.Test/things/it'), 'x'), '"outer"');
    });

    it('have outputs that are followed', () => {
      const manifest = read({
        resources: [
          deployment(
            {
              resources: [thing({})],
              outputs: {
                id: { type: 'string', value: "[resourceId('Microsoft.Test/things', 'it')]" },
                key: { type: 'securestring', value: 'hunter2' },
              },
            },
            inner,
          ),
          thing({
            name: 'user',
            x: "[reference('module').outputs.id.value]",
            y: "[reference('module').outputs.key.value]",
          }),
        ],
      });
      const user = at(manifest, 'Microsoft.Test/things/user');
      assert.equal(property(user, 'x'), '-> Microsoft.Test/things/it');
      assert.equal(property(user, 'y'), '? secure output key');
    });

    it('that do not happen make nothing', () => {
      const never = { ...deployment({ resources: [thing({})] }), condition: false };
      assert.equal(at(read({ resources: [never] }), 'Microsoft.Test/things/it').existsIn(plainWorld), false);
    });

    it('that are linked are not followed, and said to be so', () => {
      const linked = {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '1',
        name: 'far',
        properties: { templateLink: { uri: 'https://x' } },
      };
      assert.deepEqual(
        read({ resources: [linked] }).notFollowed.map(({ what }) => what),
        ['nested deployment Microsoft.Resources/deployments/far'],
      );
    });

    it('are not all that makes what is elsewhere', () => {
      const types = [
        'Microsoft.Resources/deploymentStacks',
        'microsoft.solutions/applications',
        'Microsoft.KubernetesConfiguration/fluxConfigurations',
      ];
      const resources = types.map((type) => ({ type, apiVersion: '1', name: 'it', properties: {} }));
      assert.deepEqual(
        addresses(read({ resources })),
        types.flatMap((type) => [`${type}/it`, `${type}/it/*`]),
      );
    });

    it('and resources of extensions are unknown, and never pass', () => {
      const far = {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '1',
        name: 'far',
        properties: { templateLink: { uri: 'https://x' } },
      };
      const template = {
        ...head,
        languageVersion: '2.0',
        resources: {
          far,
          never: { ...far, name: 'never', condition: false },
          server: { import: 'kubernetes', type: 'apps/Deployment@v1', name: 'server', properties: {} },
        },
      };
      const found = judge(JSON.stringify(template), {}, 'deploy.json') ?? [];
      assert.deepEqual(
        found
          .filter(({ requirement }) => requirement === 'nested-template-known')
          .map(({ resource, verdict }) => [resource, verdict]),
        [
          ['far/*', 'unknown'],
          ['server/*', 'unknown'],
        ],
      );
    });
  });

  describe('that is hostile', () => {
    const refused = (template: object, code: string, line?: number) =>
      assert.throws(
        () => read(template),
        (error) =>
          error instanceof RampartError &&
          error.code === code &&
          error.exit === 'input' &&
          (line === undefined || error.position?.line === line),
        code,
      );

    it('is refused with its place where its shape is wrong', () => {
      refused({ resources: [thing({ x: "[concat('a'" + ')))]' })] }, 'RAMPART_ARM_EXPRESSION', 9);
      refused({ resources: [{ name: 'x' }] }, 'RAMPART_ARM_SHAPE', 5);
      refused({ resources: 5 }, 'RAMPART_ARM_SHAPE');
      refused({ resources: [5] }, 'RAMPART_ARM_SHAPE');
      refused({ parameters: { a: 5 }, resources: [] }, 'RAMPART_ARM_SHAPE');
      refused({ variables: [], resources: [] }, 'RAMPART_ARM_SHAPE');
      refused({}, 'RAMPART_ARM_SHAPE');
      const { $schema } = head;
      assert.throws(() => readText(JSON.stringify({ $schema, resources: [] })), /no contentVersion/);
    });

    it('makes no more resources than can be judged', () => {
      const copy = { name: 'c', count: 800 };
      refused(
        { resources: Array.from({ length: 10 }, (_, index) => thing({ name: `n${index}`, copy })) },
        'RAMPART_ARM_SIZE',
      );
    });

    it('cannot make reading go on without end', () => {
      const doubling = (call: (name: string) => string) =>
        Object.fromEntries(
          Array.from({ length: 100 }, (_, index) => [`v${index}`, call(`variables('v${index + 1}')`)]),
        );
      for (const call of [
        (name: string) => `[concat(${name}, ${name})]`,
        (name: string) => `[createArray(${name}, ${name})]`,
        (name: string) => `[createObject('a', ${name}, 'b', ${name})]`,
        (name: string) => `[union(createArray(${name}), createArray(${name}, 1))]`,
      ]) {
        const variables = { ...doubling(call), v100: 'x' };
        const started = Date.now();
        const value = evaluate("[string(variables('v0'))]", { variables });
        short(value);
        evaluate("[equals(variables('v0'), variables('v1'))]", { variables });
        assert.ok(Date.now() - started < 5000);
      }
      const parameters = Object.fromEntries(
        Array.from({ length: 200 }, (_, index) => [
          `p${index}`,
          { type: 'string', allowedValues: [`[concat(parameters('p${index + 1}'), parameters('p${index + 1}'))]`] },
        ]),
      );
      assert.equal(evaluate("[parameters('p0')]", { parameters }).kind, 'unknown');
    });

    it('cannot make modules feed each other for ever', () => {
      const module = (name: string, other: string) => ({
        type: 'Microsoft.Resources/deployments',
        apiVersion: '1',
        name,
        properties: {
          expressionEvaluationOptions: { scope: 'inner' },
          parameters: { p: { value: `[reference('${other}').outputs.o.value]` } },
          template: {
            ...head,
            parameters: { p: { type: 'string' } },
            resources: [thing({ name: `in-${name}`, x: "[parameters('p')]" })],
            outputs: { o: { type: 'string', value: "[concat(parameters('p'), parameters('p'))]" } },
          },
        },
      });
      const manifest = read({ resources: [module('a', 'b'), module('b', 'a')] });
      assert.match(property(at(manifest, 'Microsoft.Test/things/in-a'), 'x'), /\?/);
    });

    it('has no keys that reach into the reader', () => {
      const text = `{"$schema": "${head.$schema}", "contentVersion": "1", "variables": {"__proto__": {"a": 1}, "constructor": "c"},
        "resources": [{"type": "A.B/c", "name": "\\u0007bell\\u202e", "__proto__": {"x": 1}, "y": "[variables('constructor')]", "z": "[variables('toString')]"}]}`;
      const [resource] = readText(text).resources as [Resource];
      assert.equal(property(resource, 'x'), 'absent');
      assert.equal(property(resource, 'y'), '"c"');
      assert.match(property(resource, 'z'), /does not define/);
      assert.equal(resource.address, 'A.B/c/\ufffdbell\ufffd');
    });
  });
});
