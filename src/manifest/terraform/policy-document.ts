import { type Dict, dictOf, type Unknown, type Value } from '#model/value.js';

const sources = 'source_policy_documents';
/** Documents merged into the one that is written; what they say is not known. */
const merged = ['override_policy_documents', 'source_json', 'override_json'];

/**
 * The policy a `data.aws_iam_policy_document` will make, from what its blocks say and the documents merged into it, where those are known.
 * `open` stands for what is not known.
 */
export function policyDocument(data: Dict, open: Unknown, at: number, documents?: readonly Dict[]): Dict {
  const statements = data.get('statement');
  const own = statements.kind === 'list' ? statements.items.map((item) => statementOf(item, at)) : [];
  const others = documents?.map((each) => each.get('Statement')) ?? [];
  const items = [...own, ...others.flatMap((each) => (each.kind === 'list' ? each.items : []))];
  const more =
    merged.some((key) => data.get(key).kind !== 'absent') ||
    (!documents && data.get(sources).kind !== 'absent') ||
    others.some((each) => each.kind !== 'list' || each.open) ||
    (others.length > 0 && !areApart(items));
  const list: Value =
    statements.kind === 'unknown' ? statements : { kind: 'list', items, at, ...(more ? { open } : {}) };
  return made({ Version: data.get('version'), Statement: list }, at);
}

/** Whether no statement can take the place of another: of one `Sid` the document that is merged last has it. */
function areApart(statements: readonly Value[]): boolean {
  const sids = statements.map((each) => (each.kind === 'dict' ? each.get('Sid') : each));
  const named = sids.flatMap((each) => (each.kind === 'scalar' && each.value !== '' ? [each.value] : []));
  return sids.every(({ kind }) => kind === 'scalar' || kind === 'absent') && new Set(named).size === named.length;
}

const made = (parts: Readonly<Record<string, Value>>, at: number): Dict =>
  dictOf(
    Object.keys(parts).filter((key) => parts[key]?.kind !== 'absent'),
    (key) => (Object.hasOwn(parts, key) ? (parts[key] as Value) : { kind: 'absent', at }),
    at,
  );

function statementOf(block: Value, at: number): Value {
  if (block.kind !== 'dict') return block;
  const effect = block.get('effect');
  return made(
    {
      Sid: block.get('sid'),
      Effect: effect.kind === 'absent' ? { kind: 'scalar', value: 'Allow', at } : effect,
      Action: block.get('actions'),
      NotAction: block.get('not_actions'),
      Resource: block.get('resources'),
      NotResource: block.get('not_resources'),
      Principal: principals(block.get('principals'), at),
      NotPrincipal: principals(block.get('not_principals'), at),
      Condition: conditions(block.get('condition'), at),
    },
    at,
  );
}

/** `{type: AWS, identifiers: […]}` blocks as the object a policy holds. Type `*` is everyone, which `AWS: *` is too. */
function principals(blocks: Value, at: number): Value {
  return grouped(blocks, at, (block) => {
    const type = block.get('type');
    const name: Value = type.kind === 'scalar' && type.value === '*' ? { ...type, value: 'AWS' } : type;
    return { path: [name], value: block.get('identifiers') };
  });
}

function conditions(blocks: Value, at: number): Value {
  return grouped(blocks, at, (block) => ({
    path: [block.get('test'), block.get('variable')],
    value: block.get('values'),
  }));
}

/** Blocks as nested objects: under the same path, the values of all of them. A block whose place is open opens the whole. */
function grouped(blocks: Value, at: number, of: (block: Dict) => { path: readonly Value[]; value: Value }): Value {
  if (blocks.kind !== 'list') return blocks;
  const groups = new Map<string, Map<string, Value[]>>();
  for (const block of blocks.items) {
    if (block.kind !== 'dict') return block;
    const { path, value } = of(block);
    const open = path.find((part) => part.kind !== 'scalar');
    if (open) return open.kind === 'unknown' ? open : { kind: 'unknown', settledBy: 'a block without its kind', at };
    const [first = '', second = ''] = path.map((part) => (part.kind === 'scalar' ? String(part.value) : ''));
    const group = groups.get(first) ?? new Map<string, Value[]>();
    groups.set(first, group);
    group.set(second, [...(group.get(second) ?? []), value]);
  }
  const flat = path(of, blocks) === 1;
  const parts = [...groups].map(([name, group]): [string, Value] => {
    const inner = [...group].map(([key, values]): [string, Value] => [key, joined(values, at)]);
    return [name, flat ? (inner[0]?.[1] as Value) : made(Object.fromEntries(inner), at)];
  });
  return made(Object.fromEntries(parts), at);
}

/** How many names lead to a value: one for principals, two for conditions. */
function path(of: (block: Dict) => { path: readonly Value[] }, blocks: Extract<Value, { kind: 'list' }>): number {
  const [first] = blocks.items;
  return first?.kind === 'dict' ? of(first).path.length : 0;
}

/** Several lists as one. */
function joined(values: readonly Value[], at: number): Value {
  const [only] = values;
  if (values.length === 1 && only) return only;
  const open = values.find((value) => value.kind === 'unknown' || (value.kind === 'list' && value.open));
  const items = values.flatMap((value) => (value.kind === 'list' ? value.items : []));
  if (!open) return { kind: 'list', items, at };
  return { kind: 'list', items, at, open: open.kind === 'list' ? (open.open as Unknown) : (open as Unknown) };
}
