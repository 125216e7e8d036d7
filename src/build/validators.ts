import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { acceptedSchema } from '#model/accepted-schema.js';
import { boundarySchema } from '#model/boundary-schema.js';
import { requirementSchema } from '#model/requirement-schema.js';
import { resultSchema } from '#model/result-schema.js';
import { systemSchema, systemSchemaOptions } from '#model/system-schema.js';
import { waiversSchema } from '#model/waiver-schema.js';
import { compacted, wordless } from './compact.js';
import { fitting } from './fitting.js';
import { compileOscalValidator } from './oscal-schema.js';

interface Module {
  path: string;
  text: string;
}

const declaration = `import type { ErrorObject } from 'ajv';

/** Every error, or none. */
declare const validate: (data: unknown) => readonly ErrorObject[];
export default validate;
`;

const fedrampDeclaration = declaration.replace(
  'declare const validate: (data: unknown) => readonly ErrorObject[];',
  'declare const validate: ((data: unknown) => readonly ErrorObject[]) & { schema: Readonly<Record<string, unknown>> };',
);

/** Validators as modules, so that no schema is compiled when a command runs. */
export async function compileValidators(root: URL): Promise<Module[]> {
  const oscal = readFileSync(new URL('controls/catalog/oscal-1.2.1.schema.json', root), 'utf8');
  const fedramp = JSON.parse(readFileSync(new URL('controls/catalog/fedramp-cr26.schema.json', root), 'utf8'));
  return [
    { path: 'src/generated/validate-system.js', text: await toModule(systemValidator(), root) },
    { path: 'src/generated/validate-system.d.ts', text: declaration },
    { path: 'src/generated/system-fits.js', text: await toModule(systemFits(), root) },
    {
      path: 'src/generated/system-fits.d.ts',
      text: '/** Whether a value is a system file. */\ndeclare const fits: (data: unknown) => boolean;\nexport default fits;\n',
    },
    { path: 'src/generated/validate-requirement.js', text: await toModule(validatorOf(requirementSchema), root) },
    { path: 'src/generated/validate-requirement.d.ts', text: declaration },
    { path: 'src/generated/validate-waivers.js', text: await toModule(validatorOf(waiversSchema), root) },
    { path: 'src/generated/validate-waivers.d.ts', text: declaration },
    { path: 'src/generated/validate-accepted.js', text: await toModule(validatorOf(acceptedSchema), root) },
    { path: 'src/generated/validate-accepted.d.ts', text: declaration },
    { path: 'src/generated/validate-boundary.js', text: await toModule(validatorOf(boundarySchema), root) },
    { path: 'src/generated/validate-boundary.d.ts', text: declaration },
    { path: 'src/generated/oscal.js', text: compileOscalValidator(oscal) },
    { path: 'src/generated/oscal.d.ts', text: declaration },
    { path: 'src/generated/fedramp.js', text: await toModule(fedrampValidator(fedramp), root) },
    { path: 'src/generated/fedramp.d.ts', text: fedrampDeclaration },
    { path: 'dist/schemas/boundary.schema.json', text: `${JSON.stringify(boundarySchema, null, 1)}\n` },
    { path: 'dist/schemas/requirement.schema.json', text: `${JSON.stringify(requirementSchema, null, 1)}\n` },
    { path: 'dist/schemas/waivers.schema.json', text: `${JSON.stringify(waiversSchema, null, 1)}\n` },
    { path: 'dist/schemas/result.schema.json', text: `${JSON.stringify(resultSchema, null, 1)}\n` },
    { path: 'dist/schemas/system.schema.json', text: `${JSON.stringify(systemSchema, null, 1)}\n` },
  ];
}

function systemValidator(): string {
  const ajv = new Ajv2020({ ...systemSchemaOptions, strict: true, code: { source: true } });
  return listing(compacted(standalone.default(ajv, ajv.compile(systemSchema))));
}

/** Whether there is no error, sooner than which there are: nearly every system file is as it should be. */
function systemFits(): string {
  const ajv = new Ajv2020({
    ...systemSchemaOptions,
    allErrors: false,
    messages: false,
    strictTypes: false,
    code: { source: true },
  });
  return wordless(compacted(standalone.default(ajv, ajv.compile(fitting(systemSchema)))));
}

function validatorOf(schema: object): string {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, code: { source: true } });
  return listing(compacted(standalone.default(ajv, ajv.compile(schema))));
}

/**
 * FedRAMP's own schemas are not written for ajv's strict mode: a branch may name a property without its type. The schema goes
 * with its validator, whose code holds it anyway.
 */
export function fedrampValidator(schema: object): string {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    code: { source: true, lines: false },
  });
  addFormats.default(ajv);
  const code = standalone.default(ajv, ajv.compile(schema));
  const held = /const (schema\d+) = \{"\$schema"/.exec(code)?.[1];
  if (held === undefined) throw new Error('The code of the FedRAMP validator does not hold its schema');
  return `${listing(compacted(code, { withoutPlaces: true }))}module.exports.schema = ${held};\n`;
}

/** The code of a validator, made to give its errors back. */
function listing(code: string): string {
  return `${code}
const compiled = module.exports;
module.exports = (data) => (compiled(data) ? [] : compiled.errors);
`;
}

/** ajv's own ESM output is broken (ajv-validator/ajv#2209): its CommonJS is made a module instead. */
async function toModule(commonJs: string, root: URL): Promise<string> {
  const result = await build({
    stdin: { contents: unwrapped(commonJs), resolveDir: new URL('.', root).pathname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    minify: true,
    logLevel: 'warning',
  });
  return result.outputFiles[0]?.text ?? '';
}

/** CommonJS with imports and an export. A bundler would put it into a function, and all that stands in one is parsed twice. */
function unwrapped(commonJs: string): string {
  const imports: string[] = [];
  const body = commonJs.replace(/require\("([^"]+)"\)\.default/g, (_, path: string) => {
    imports.push(`import imported${imports.length} from ${JSON.stringify(path)};`);
    return `imported${imports.length - 1}`;
  });
  return `${imports.join('')}const module = {};${body}\nexport default module.exports;\n`;
}
