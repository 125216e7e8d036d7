import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import type { SagemakerEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { templates, variants } from './plans.js';

const given = (variants[0] as { plan: Plan }).plan;

/** Text that means something to YAML, Handlebars, Fn::Sub or CloudFormation, and text of any other kind. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '\n',
        '\r',
        '\t',
        '#',
        ': ',
        '- ',
        '${',
        '}',
        '${AWS::AccountId}',
        '{{',
        '}}',
        '{{system.id}}',
        '!Ref',
        '&a',
        '*a',
        '|',
        '>',
        '%',
        '@',
        '`',
        '\u2028',
        '\u0085',
        '\ufeff',
        '\u0000',
        'x',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** Rendered with these words in place of a well-formed system's; the schema would refuse most of them, and is not asked. */
function rendered(change: {
  name?: string;
  system?: Partial<SagemakerEndpoint> & { model?: string };
}): Record<string, unknown> {
  const { image, artifact, model } = change.system ?? {};
  const plan: Plan = {
    ...given,
    system: { ...given.system, ...(change.name === undefined ? {} : { name: change.name }) },
    endpoints: given.endpoints.map((each) =>
      each.endpoint.kind === 'sagemaker'
        ? { ...each, endpoint: { ...each.endpoint, ...(image ? { image } : {}), ...(artifact ? { artifact } : {}) } }
        : { ...each, endpoint: { ...each.endpoint, ...(model === undefined ? {} : { model }) } },
    ),
  };
  return Object.fromEntries(
    render(plan, 'cloudformation', templates, base.boundary)
      .filter(({ path }) => path.endsWith('.template.yaml'))
      .map(({ path, text }) => {
        const document = parseDocument(text, { uniqueKeys: true, logLevel: 'silent' });
        assert.deepEqual(document.errors, [], path);
        return [path, document.toJS()];
      }),
  );
}

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((here, key) => (here as Record<string | number, unknown> | undefined)?.[key], value);

const wellFormed = (text: string): boolean => !/[\ud800-\udfff]/u.test(text);

/**
 * What `Fn::Sub` makes of its argument: a text, or a text and values that are put in as they are. `${!x}` is `${x}`; every
 * other `${…}` must be the template's own.
 */
function printed(argument: unknown): string {
  const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, string>];
  return text.replace(/\$\{(!?)([^}]*)\}/g, (_, escaped: string, name: string) => {
    if (escaped) return `\${${name}}`;
    const value = values[name];
    if (value !== undefined) return value;
    assert.match(name, /^(AWS::[A-Za-z]+|[A-Za-z0-9]+(\.[A-Za-z]+)*)$/, `reference to ${name} in ${text}`);
    return `<${name}>`;
  });
}

describe('what a user wrote', function () {
  this.timeout(120_000);

  it('comes out as data where it is printed whole', () => {
    fc.assert(
      fc.property(hostile.filter(wellFormed), (name) => {
        for (const template of Object.values(rendered({ name }))) {
          assert.ok(
            String(at(template, 'Description')).endsWith(` of ${name}`),
            JSON.stringify(at(template, 'Description')),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('comes out as data inside Fn::Sub', () => {
    fc.assert(
      fc.property(hostile.filter(wellFormed), (model) => {
        const template = rendered({ system: { model } })['chat.template.yaml'];
        const [statement] = at(
          template,
          'Resources',
          'RuntimeEndpoint',
          'Properties',
          'PolicyDocument',
          'Statement',
        ) as unknown[];
        assert.equal(
          printed(at(statement, 'Resource', 0)),
          `arn:<AWS::Partition>:bedrock:us-gov-west-1::foundation-model/${model}`,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('comes out as data in a condition on the model', () => {
    const other = (variants[5] as { plan: Plan }).plan;
    fc.assert(
      fc.property(hostile.filter(wellFormed), (model) => {
        const endpoints = other.endpoints.map((each) => ({ ...each, endpoint: { ...each.endpoint, model } }));
        const files = render({ ...other, endpoints }, 'cloudformation', templates, base.boundary);
        const { text = '' } = files.find(({ path }) => path === 'agent.template.yaml') ?? {};
        const document = parseDocument(text, { uniqueKeys: true, logLevel: 'silent' });
        assert.deepEqual(document.errors, []);
        const door = at(
          document.toJS(),
          'Resources',
          'RuntimeEndpoint',
          'Properties',
          'PolicyDocument',
          'Statement',
          0,
        );
        assert.equal(at(door, 'Condition', 'StringEquals', 'bedrock-mantle:Model'), model);
      }),
      { numRuns: 60 },
    );
  });
});
