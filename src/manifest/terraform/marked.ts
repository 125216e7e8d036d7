import { namesSecret } from '#model/secret-name.js';
import { spellsSecret } from '#model/secret-text.js';
import { inModule, modulePath, parentModule, type Step, spell, stepsOf } from './address.js';
import { type Configuration, leavesOf } from './configuration.js';
import { at, member } from './shape.js';

/**
 * Attributes the provider marks as sensitive whatever is in them: only what the expression names tells whether that is a secret. A parameter of
 * type `String` shows its value all the same, and so does the metadata service of a machine.
 */
const alwaysMarked: ReadonlySet<string> = new Set([
  'aws_ssm_parameter.value',
  'azurerm_linux_virtual_machine.custom_data',
  'azurerm_linux_virtual_machine_scale_set.custom_data',
  'azurerm_windows_virtual_machine.custom_data',
  'azurerm_windows_virtual_machine_scale_set.custom_data',
]);

/** What people mark beside a password because it stands beside it: what something is called, and where it is. */
const plain =
  /(?:^|[_.-])(?:name|id|ids|arn|user|username|login|email|host|hostname|fqdn|endpoint|address|port|region|zone|version|db|database|bucket)$/i;
const isPlain = (name: string): boolean => plain.test(name) && !namesSecret(name);

/** Secrets whose attributes are not called so. */
const secretAttributes: ReadonlySet<string> = new Set([
  'data.aws_ssm_parameter.value',
  'random_password.result',
  'random_password.bcrypt_hash',
  'aws_iam_access_key.ses_smtp_password_v4',
  'azurerm_key_vault_secret.value',
  'data.azurerm_key_vault_secret.value',
  'google_service_account_key.private_key',
  'google_secret_manager_secret_version.secret_data',
  'data.google_secret_manager_secret_version.secret_data',
  'data.google_secret_manager_secret_version_access.secret_data',
  'tls_private_key.private_key_pem',
  'tls_private_key.private_key_openssh',
]);
const secretAttribute = /^secret_(?:string|binary)$|_(?:access|account|shared|auth)_key$|_connection_string$/;

/** What a name in an expression tells of the mark its value has: it is of a secret, of something plain, of nobody knows what, or not of this. */
type Tells = 'secret' | 'plain' | 'open' | 'nothing';

/**
 * Whether what is marked as sensitive at a place is a secret that is handed on. `expression` gives the value there, undefined where the
 * configuration has none, as of a `dynamic` block; `name` is the nearest key.
 */
export function isSecret(
  name: string,
  attribute: string,
  expression: unknown,
  module: string,
  configuration: Configuration,
): boolean {
  const tells = expression === undefined ? ['open' as const] : allOf(expression, module, configuration, 0);
  if (alwaysMarked.has(attribute)) return tells.includes('secret');
  if (member(expression, 'constant_value') !== undefined || isPlain(name)) return false;
  return tells.includes('secret') || (tells.includes('open') && !tells.includes('plain'));
}

/** Whether a text that is known can be one at all. Of a document nobody knows which part of it is marked. */
export const mayBeSecret = (text: string): boolean => text.length > 200 || /^\s*[{[]/.test(text) || spellsSecret(text);

const deepest = 20;

function allOf(expression: unknown, module: string, configuration: Configuration, depth: number): readonly Tells[] {
  if (depth > deepest) return ['open'];
  return leavesOf(member(expression, 'references')).flatMap((leaf) => told(leaf, module, configuration, depth));
}

function told(leaf: string, module: string, configuration: Configuration, depth: number): readonly Tells[] {
  const steps = stepsOf(leaf) ?? [];
  const names = steps.flatMap((step) => ('name' in step ? [step.name] : []));
  const [head, name = ''] = names;
  switch (head) {
    case 'var': {
      const declared = at(configuration.module(module), 'variables', name);
      if (member(declared, 'sensitive') === true) return [byName(names.at(-1) as string)];
      if (module === '') return [];
      const parent = parentModule(module);
      const call = modulePath(module).at(-1) ?? '';
      const given = at(configuration.module(parent), 'module_calls', call, 'expressions', name);
      return allOf(given, parent, configuration, depth + 1);
    }
    case 'module': {
      const output = names[2];
      if (output === undefined) return ['open'];
      const declared = at(configuration.module(module), 'module_calls', name, 'module', 'outputs', output);
      if (member(declared, 'sensitive') === true) return [byName(names.at(-1) as string)];
      const child = inModule(module, spell(steps.filter(isName).slice(0, 2)));
      return allOf(member(declared, 'expression'), child, configuration, depth + 1);
    }
    case 'local':
    case 'each':
    case 'self':
      return ['open'];
    case 'path':
    case 'count':
    case 'terraform':
      return [];
    default:
      return [ofThing(names)];
  }
}

const isName = (step: Step): boolean => 'name' in step;

const byName = (name: string): Tells => (isPlain(name) ? 'plain' : 'secret');

/** An attribute of a resource or of a data source. */
function ofThing(names: readonly string[]): Tells {
  const isData = names[0] === 'data';
  const [type = '', , attribute] = isData ? names.slice(1) : names;
  if (attribute === undefined) return 'open';
  const whole = `${isData ? 'data.' : ''}${type}.${attribute}`;
  if (secretAttributes.has(whole) || secretAttribute.test(attribute) || namesSecret(attribute)) return 'secret';
  return isPlain(attribute) ? 'plain' : 'nothing';
}
