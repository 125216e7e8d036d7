import type { Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { scalarText } from './parameter.js';
import { isCall, nothingPassed, type Passed, passedBy } from './stack.js';

/** Types that deploy what another template says. */
const types = new Set(['AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::Serverless::Application']);

export const isNested = (type: string): boolean => types.has(type);

/** Where a nested template is, or its text where it stands in the template around it. */
export type NestedTemplate = ({ path: string } | { text: string; at: number }) & { passed: Passed };

/** What a resource says of the template it nests; `evaluate` gives undefined for what depends on a choice. */
export function nestedTemplate(
  type: string,
  resource: RawMap,
  evaluate: (raw: Raw) => Value | undefined,
): NestedTemplate | { refused: string } {
  const properties = resource.entries.get('Properties')?.value;
  const property = (name: string): Raw | undefined =>
    properties?.kind === 'map' ? properties.entries.get(name)?.value : undefined;
  const parameters = property('Parameters');
  const passed =
    type === 'AWS::CloudFormation::StackSet'
      ? passedInRows(parameters, property('StackInstancesGroup'))
      : passedBy(parameters);
  const body = type === 'AWS::CloudFormation::StackSet' ? property('TemplateBody') : undefined;
  if (body) {
    const text = scalarText(body);
    return text === undefined ? { refused: 'its body is computed' } : { text, at: body.at, passed };
  }
  const location = property(type === 'AWS::Serverless::Application' ? 'Location' : 'TemplateURL');
  const path = assetPath(resource) ?? textOf(location, evaluate);
  if (path === undefined && isPublished(location))
    return { refused: 'it is published, in the Serverless Application Repository' };
  if (path === undefined) return { refused: 'where it is depends on what is not known here' };
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return { refused: `${path} is not a file here` };
  return { path, passed };
}

/** The CDK writes an address only deployment knows, and beside it the file it stands for. */
function assetPath(resource: RawMap): string | undefined {
  const metadata = resource.entries.get('Metadata')?.value;
  if (metadata?.kind !== 'map') return undefined;
  const property = scalarText(metadata.entries.get('aws:asset:property')?.value);
  if (property !== 'TemplateURL' && property !== 'Location') return undefined;
  return scalarText(metadata.entries.get('aws:asset:path')?.value);
}

/** Whether a location is that of an application others have published. */
const isPublished = (location: Raw | undefined): boolean =>
  location?.kind === 'map' && location.entries.has('ApplicationId');

function textOf(location: Raw | undefined, evaluate: (raw: Raw) => Value | undefined): string | undefined {
  const value = location && evaluate(location);
  if (value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== '') return value.value;
  // The beginning tells where it is, although not which it is.
  const [start] = value?.kind === 'text' ? value.parts : [];
  return typeof start === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(start) ? `${start}…` : undefined;
}

/** A stack set lists its parameters as rows, which groups of its instances may override: those are other values elsewhere. */
function passedInRows(rows: Raw | undefined, groups: Raw | undefined): Passed {
  const passed = rows ? rowsOf(rows) : nothingPassed;
  return mayOverride(groups) ? { values: new Map(), open: true } : passed;
}

function mayOverride(groups: Raw | undefined): boolean {
  if (!groups) return false;
  if (groups.kind !== 'seq') return true;
  return groups.items.some(
    (group) =>
      group.kind !== 'map' || group.entries.has('ParameterOverrides') || [...group.entries.keys()].some(isCall),
  );
}

function rowsOf(rows: Raw): Passed {
  if (rows.kind !== 'seq') return { values: new Map(), open: true };
  const values = new Map<string, Raw>();
  let open = false;
  for (const row of rows.items) {
    const entries = row.kind === 'map' ? row.entries : undefined;
    const name = scalarText(entries?.get('ParameterKey')?.value);
    const value = entries?.get('ParameterValue')?.value;
    if (name === undefined || !value) open = true;
    else values.set(name, value);
  }
  return { values, open };
}

/** Counts the offsets of a tree from a base. Values that aliases share are moved once. */
export function shift(tree: Raw, base: number, moved = new Set<object>()): void {
  if (moved.has(tree)) return;
  moved.add(tree);
  tree.at += base;
  if (tree.kind === 'seq') for (const item of tree.items) shift(item, base, moved);
  if (tree.kind !== 'map') return;
  for (const entry of tree.entries.values()) {
    if (!moved.has(entry)) entry.at += base;
    moved.add(entry);
    shift(entry.value, base, moved);
  }
}
