import type { Manifest, Resource } from '#model/resource.js';
import { namesSecret } from '#model/secret-name.js';
import { type Dict, dictOf, type Value, type World } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import { holdsSecret, scalarText } from './parameter.js';
import { Scope } from './scope.js';
import type { Stack } from './stack.js';
import type { Template } from './template.js';

/**
 * A part of a template that may show a secret to everybody who may describe the stack, as a resource of its own with a `Value`: an output
 * (`SecretOutput`), or a parameter of a nested stack without `NoEcho` (`ShownParameter`).
 */
export class TemplatePart implements Resource {
  readonly language = 'cloudformation';
  /** Requirements of every resource speak of none of these. */
  readonly partOf = 'the template';

  constructor(
    readonly type: 'SecretOutput' | 'ShownParameter',
    readonly address: string,
    readonly at: number,
    readonly manifest: Manifest,
    private readonly exists: (world: World) => boolean,
    private readonly value: (world: World) => Value,
  ) {}

  existsIn(world: World): boolean {
    return this.exists(world);
  }

  properties(world: World): Dict {
    const { at } = this;
    return dictOf(['Value'], (key) => (key === 'Value' ? this.value(world) : { kind: 'absent', at }), at);
  }
}

/** Parts of a stack that may show a secret; most have none. */
export function partsOf(stack: Stack, manifest: Manifest): TemplatePart[] {
  return [...outputs(stack, manifest), ...parameters(stack, manifest)];
}

function outputs(stack: Stack, manifest: Manifest): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (const [name, { value: output, at }] of stack.template.outputs) {
    const raw = output.kind === 'map' ? output.entries.get('Value')?.value : undefined;
    if (!raw || output.kind !== 'map' || !mentionsSecret(raw, stack.template)) continue;
    const exists = (world: World): boolean => {
      const scope = new Scope(stack, world);
      return scope.isDeployed() && scope.creates(output);
    };
    const value = (world: World): Value => new Scope(stack, world).value(raw);
    parts.push(new TemplatePart('SecretOutput', `${stack.prefix}Outputs/${name}`, at, manifest, exists, value));
  }
  return parts;
}

function parameters(stack: Stack, manifest: Manifest): TemplatePart[] {
  const { within, template, prefix } = stack;
  const parts: TemplatePart[] = [];
  for (const [name, raw] of within?.passed.values ?? []) {
    const parameter = template.parameters.get(name);
    if (!within || !parameter || parameter.noEcho) continue;
    if (!mentionsSecret(raw, within.stack.template) && !mentionsReference(raw)) continue;
    const exists = (world: World): boolean => new Scope(stack, world).isDeployed();
    const value = (world: World): Value => new Scope(within.stack, world).value(raw);
    parts.push(new TemplatePart('ShownParameter', `${prefix}Parameters/${name}`, raw.at, manifest, exists, value));
  }
  return parts;
}

/** Whether a name of what is hidden stands in a value: only then it is worth working out. In outputs dynamic references stay as they are written. */
function mentionsSecret(raw: Raw, template: Template): boolean {
  const hides = (name: string): boolean => {
    const parameter = template.parameters.get(name);
    return parameter ? holdsSecret(parameter) : name.includes('.') && namesSecret(name);
  };
  return some(raw, (text, key) => {
    if (key === 'Ref' || key === 'Fn::GetAtt') return hides(text);
    return [...text.matchAll(/\$\{([^}!$]{1,300})\}/g)].some(([, name = '']) => hides(name.trim()));
  });
}

const mentionsReference = (raw: Raw): boolean => some(raw, (text) => text.includes('{{resolve:'));

/** Whether a text in it tells, with the key it stands under; a `GetAtt` of two words is one text. */
function some(raw: Raw, tells: (text: string, key: string) => boolean, key = '', depth = 0): boolean {
  if (raw.kind === 'scalar') return tells(scalarText(raw) ?? '', key);
  if (depth > 50) return true;
  if (raw.kind === 'map') return [...raw.entries].some(([name, { value }]) => some(value, tells, name, depth + 1));
  if (key === 'Fn::GetAtt') return tells(raw.items.map((item) => scalarText(item) ?? '').join('.'), key);
  return raw.items.some((item) => some(item, tells, '', depth + 1));
}
