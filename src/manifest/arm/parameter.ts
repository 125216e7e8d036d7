import type { Raw, RawMap } from '../yaml/tree.js';

/** One entry of a template's `parameters`. */
export interface Parameter {
  name: string;
  /** In lower case; empty where a definition the template does not hold gives it. */
  type: string;
  /** Never shown, and so never known. */
  secure: boolean;
  nullable: boolean;
  default: Raw | undefined;
  allowed: readonly Raw[] | undefined;
  minLength: number;
  at: number;
}

/** `definitions` are the template's own types, which a parameter may name by `$ref`. */
export function readParameter(name: string, raw: RawMap, at: number, definitions: RawMap | undefined): Parameter {
  const chain = definedBy(raw, definitions);
  const find = (key: string): Raw | undefined =>
    chain.map((each) => entry(each, key)).find((value) => value !== undefined);
  const type = (textOf(find('type')) ?? '').toLowerCase();
  const allowed = find('allowedvalues');
  return {
    name,
    type,
    secure: type.startsWith('secure'),
    nullable: textOf(find('nullable')) === 'true',
    default: entry(raw, 'defaultvalue'),
    allowed: allowed?.kind === 'seq' ? allowed.items : undefined,
    minLength: Number(textOf(find('minlength')) ?? 0),
    at,
  };
}

/** One entry of a template's `outputs`. */
export interface Output {
  name: string;
  /** Kept from whoever may only read the deployment. */
  secure: boolean;
  raw: RawMap;
  at: number;
}

export function readOutput(name: string, raw: RawMap, at: number, definitions: RawMap | undefined): Output {
  const types = definedBy(raw, definitions).map((each) => textOf(entry(each, 'type')));
  return { name, secure: types.some((type) => type?.toLowerCase().startsWith('secure')), raw, at };
}

/** The parameter itself and the definitions it stands on, nearest first. */
function definedBy(raw: RawMap, definitions: RawMap | undefined): RawMap[] {
  const chain = [raw];
  while (chain.length < 10) {
    const name = /^#\/definitions\/(.+)$/.exec(textOf(entry(chain.at(-1) as RawMap, '$ref')) ?? '')?.[1];
    const definition = name === undefined ? undefined : definitions?.entries.get(name)?.value;
    if (definition?.kind !== 'map') break;
    chain.push(definition);
  }
  return chain;
}

/** The value under a key whatever its case; `key` is in lower case. */
export function entry(raw: Raw | undefined, key: string): Raw | undefined {
  if (raw?.kind !== 'map') return undefined;
  const exact = raw.entries.get(key);
  if (exact) return exact.value;
  for (const [name, { value }] of raw.entries) if (name.toLowerCase() === key) return value;
  return undefined;
}

export const textOf = (raw: Raw | undefined): string | undefined =>
  raw?.kind === 'scalar' && raw.value !== null ? String(raw.value) : undefined;
