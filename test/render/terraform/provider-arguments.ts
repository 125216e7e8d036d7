/**
 * Writes provider-arguments.json: which arguments the provider's resources take, of what shape, and which of them it may
 * decide itself. Run once, by hand, whenever a template uses a new resource:
 *
 *   npm pack @cdktf/provider-aws@21.22.1 && tar xzf cdktf-provider-aws-21.22.1.tgz
 *   npx tsx test/render/terraform/provider-arguments.ts package/ aws_kms_key data.aws_partition …
 *
 * The package has 392 MB and gets no more versions, so it is not a dependency. The same for @cdktf/provider-azurerm and
 * @cdktf/provider-google, whose file is named for the provider of the first type.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [folder = '', ...types] = process.argv.slice(2);
const [name = ''] = (types[0] ?? '').replace('data.', '').split('_');
const own = new RegExp(`^${name}_`);

type Shape = { [argument: string]: string | Shape };

function schemaOf(type: string): object {
  const directory = type.replace('data.', 'data-').replace(own, '').replaceAll('_', '-');
  const declared = readFileSync(`${folder}/lib/${directory}/index.d.ts`, 'utf8');
  const code = readFileSync(`${folder}/lib/${directory}/index.js`, 'utf8');
  const bodies = new Map(
    [...declared.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => [name, body]),
  );
  const shape = (name: string): Shape => {
    const fields: Shape = {};
    const member = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly \w+(\??): ([\s\S]*?);\n(?=\s*\/\*\*|\s*readonly|$)/g;
    for (const [, comment = '', optional, declaredType = ''] of bodies.get(name)?.matchAll(member) ?? []) {
      const argument = /#([a-z0-9_]+) /.exec(comment)?.[1] ?? '';
      const given = declaredType.replace(/\s+/g, ' ').replaceAll(' | cdktf.IResolvable', '');
      fields[argument] = shapeOf(given, optional === '');
    }
    return fields;
  };
  const shapeOf = (given: string, isRequired: boolean): string | Shape => {
    const block = given.replace('[]', '');
    const words = [...(bodies.has(block) && block === given ? ['one'] : []), ...(isRequired ? ['required'] : [])];
    if (bodies.has(block)) return { ...shape(block), ...(words.length > 0 ? { '': words.join(' ') } : {}) };
    return [given.startsWith('{') ? 'map' : given.replace('[]', ' list'), ...words].join(' ');
  };
  const [config = ''] = /(?<=^export interface )\w+(?= extends cdktf\.TerraformMetaArguments)/m.exec(declared) ?? [];
  const last = code.slice(code.lastIndexOf('\nclass '));
  const attributes = [...last.matchAll(/\/\/ (\w+) - computed: (true|false), optional: (true|false)/g)];
  return {
    arguments: shape(config),
    computed: attributes.filter(([, , computed]) => computed === 'true').map(([, name]) => name),
    attributes: attributes.map(([, name]) => name),
  };
}

const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const [, provider] = /\/(\d+\.\d+\.\d+)\/docs/.exec(readFileSync(`${folder}/lib/provider/index.d.ts`, 'utf8')) ?? [];

writeFileSync(
  new URL(name === 'aws' ? 'provider-arguments.json' : `provider-arguments.${name}.json`, import.meta.url),
  `${JSON.stringify(
    {
      source: `@cdktf/provider-${name} ${version}, bindings for hashicorp/${name} ${provider}`,
      date: '2026-11-21',
      types: Object.fromEntries([...types].sort().map((type) => [type, schemaOf(type)])),
    },
    null,
    1,
  )}\n`,
);
