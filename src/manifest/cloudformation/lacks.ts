import { mayBeJson } from '#model/json-text.js';
import type { Raw } from '../yaml/tree.js';
import type { Given } from './scope.js';
import type { Stack } from './stack.js';

/** Deeper than this nobody looks, so nobody can say. */
const deepestLook = 40;

/**
 * True when no string spelt below a value as it is written begins with a word, whatever its expressions come to in any branch. False when
 * one does, or when that takes more than a look: most resources hold no expression that could, and need not be worked out to be passed over.
 */
export function lacks(raw: Raw, word: string, stack: Stack, depth = 0): boolean {
  if (raw.kind === 'scalar') return typeof raw.value !== 'string' || spellsNone(raw.value, word);
  if (depth > deepestLook) return false;
  if (raw.kind === 'seq') {
    for (const item of raw.items) if (!lacks(item, word, stack, depth + 1)) return false;
    return true;
  }
  for (const [key, { value }] of raw.entries) {
    const isCall = raw.entries.size === 1 && (key === 'Ref' || key.startsWith('Fn::'));
    if (!(isCall ? callLacks(key, value, word, stack, depth) : lacks(value, word, stack, depth + 1))) return false;
  }
  return true;
}

/** A JSON text holds strings of its own. */
const spellsNone = (text: string, word: string): boolean =>
  !text.startsWith(word) && !(mayBeJson(text) && text.includes(word));

function callLacks(name: string, argument: Raw, word: string, stack: Stack, depth: number): boolean {
  switch (name) {
    case 'Ref':
      return argument.kind === 'scalar' && refLacks(String(argument.value), word, stack);
    case 'Fn::GetAtt':
      return givesNoText(stack);
    // Each gives one of the values it is given.
    case 'Fn::If':
    case 'Fn::Select':
      return lacks(argument, word, stack, depth + 1);
    // What they give is known to nobody before the deployment.
    case 'Fn::GetAZs':
      return true;
    // Another stack of the run may export it.
    case 'Fn::ImportValue':
      return stack.given.exports === undefined;
    case 'Fn::Sub':
      return argument.kind === 'scalar' && subLacks(String(argument.value ?? ''), word, stack);
    case 'Fn::Join':
      return argument.kind === 'seq' && joinLacks(argument.items, word, stack);
    default:
      return false;
  }
}

/** Attributes of resources are references, and those of nested stacks whatever these put out. */
const givesNoText = ({ nested }: Stack): boolean => nested.size === 0;

function refLacks(name: string, word: string, { given, template, within }: Stack): boolean {
  if (name.startsWith('AWS::')) return pseudoLacks(given, word);
  const parameter = template.parameters.get(name);
  if (!parameter) return true;
  if (within) return false;
  const value = Object.hasOwn(given.parameters, name) ? given.parameters[name] : undefined;
  if (value !== undefined) return textLacks(value, word);
  const options = template.options.get(name)?.values ?? [];
  return options.every((option) => !('known' in option) || textLacks(option.known, word));
}

const pseudoLacks = ({ partition, regions, account = '' }: Given, word: string): boolean =>
  [partition, ...regions, account, 'amazonaws.com'].every((text) => !text.startsWith(word));

/** The value of a parameter may be a list, of which each item counts. */
const textLacks = (text: string, word: string): boolean =>
  !(mayBeJson(text) && text.includes(word)) && text.split(',').every((item) => !item.trim().startsWith(word));

function subLacks(text: string, word: string, stack: Stack): boolean {
  const opens = text.indexOf('${');
  if (mayBeJson(text)) return opens === -1 && !text.includes(word);
  const start = opens === -1 ? text : text.slice(0, opens);
  if (opens === -1 || start.length >= word.length) return !text.startsWith(word);
  if (start !== '') return !word.startsWith(start);
  return variableLacks(text.slice(2, Math.max(2, text.indexOf('}'))).trim(), word, stack);
}

/** What a text begins with decides where that is never empty. */
function variableLacks(name: string, word: string, stack: Stack): boolean {
  if (name === 'AWS::NoValue' || name.startsWith('!') || stack.template.parameters.has(name)) return false;
  return name.includes('.') ? givesNoText(stack) : refLacks(name, word, stack);
}

function joinLacks([, list]: readonly Raw[], word: string, stack: Stack): boolean {
  const first = list?.kind === 'seq' ? list.items[0] : undefined;
  if (first?.kind === 'scalar') {
    const start = String(first.value ?? '');
    if (mayBeJson(start)) return false;
    return start.length >= word.length ? !start.startsWith(word) : start !== '' && !word.startsWith(start);
  }
  const name = first?.kind === 'map' && first.entries.size === 1 ? first.entries.get('Ref')?.value : undefined;
  return name?.kind === 'scalar' && variableLacks(String(name.value), word, stack);
}
