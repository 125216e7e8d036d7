import type { Manifest } from '#model/resource.js';
import type { Value, World } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import type { ArmFile } from './file.js';
import { entry } from './parameter.js';
import { TemplatePart } from './part.js';
import type { Scope } from './scope.js';
import { asSecret, calls, secretIn } from './secrets.js';
import type { Template } from './template.js';
import { scalar } from './values.js';

/** A template where its parameters and outputs are read. */
export interface Around {
  file: ArmFile;
  manifest: Manifest;
  /** What stands before the names of a nested template's parts. */
  prefix: string;
  existsIn(world: World): boolean;
  scopeIn(world: World): Scope;
}

/**
 * Parameters of a secure type that the template gives a value itself, where everybody reads it: a default, or what is passed to a nested
 * one. A value made anew in each deployment is none.
 */
export function secureParameters(
  { parameters }: Template,
  passed: ReadonlyMap<string, Raw>,
  { file, manifest, prefix, existsIn, scopeIn }: Around,
): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (const [key, { name, secure, default: written, at }] of parameters) {
    if (!secure) continue;
    const part = (raw: Raw, from: 'passed' | 'default', at: number): void => {
      if (raw.kind === 'scalar' && (raw.value === '' || raw.value === null)) return;
      const value = (world: World): Value => asSecret(scopeIn(world).written(raw, from, at), at);
      const address = `${prefix}parameters/${name}${from === 'passed' ? '/value' : ''}`;
      parts.push(new TemplatePart('SecureParameter', address, at, manifest, existsIn, value));
    };
    const given = entry(passed.get(key), 'value');
    if (given) part(given, 'passed', given.at);
    if (written && !calls(written, 'newguid', file.expressions)) part(written, 'default', at);
  }
  return parts;
}

/** Outputs that give a secret to everybody who may read the deployment. `outer` is the template its expressions speak of. */
export function secretOutputs(
  { outputs }: Template,
  outer: Template,
  { file, manifest, prefix, existsIn, scopeIn }: Around,
): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (const { name, secure, raw, at } of outputs.values()) {
    const found = secure ? undefined : secretIn(raw, outer, file.expressions);
    if (found === undefined) continue;
    const exists = (world: World): boolean => existsIn(world) && scopeIn(world).lets(entry(raw, 'condition'));
    const value = (): Value => scalar(found, at);
    parts.push(new TemplatePart('SecretOutput', `${prefix}outputs/${name}`, at, manifest, exists, value));
  }
  return parts;
}
