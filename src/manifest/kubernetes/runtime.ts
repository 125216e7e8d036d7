import type { Raw, RawEntry, RawMap } from '../yaml/tree.js';
import type { Cluster } from './cluster.js';
import { Later } from './later.js';
import type { KubernetesObject } from './objects.js';
import type { PodTemplate } from './pod-templates.js';
import { itemsAt, mapAt, textAt } from './value.js';

export const kserve = 'serving.kserve.io';

/** The container of a runtime that serves: KServe lays what a model says of its server over it. */
export const serving = 'kserve-container';

/** What a runtime says of pods. */
const ofPods = new Set([
  'affinity',
  'annotations',
  'containers',
  'hostIPC',
  'imagePullSecrets',
  'labels',
  'nodeSelector',
  'tolerations',
  'volumes',
]);

/** What a model says of other things than its container. */
const ofModel = new Set(['modelFormat', 'protocolVersion', 'runtime', 'runtimeVersion', 'storage', 'storageUri']);

/** Lists of which the items of one name are one, with what names them; another list takes the place of the runtime's. */
const keyed: ReadonlyMap<string, string> = new Map([
  ['containers', 'name'],
  ['env', 'name'],
  ['imagePullSecrets', 'name'],
  ['ports', 'containerPort'],
  ['volumeMounts', 'mountPath'],
  ['volumes', 'name'],
]);

/**
 * The pod of an InferenceService as KServe makes it of the model and of the runtime it names, where the manifests hold that; otherwise as it
 * is written. What comes from the runtime stands where the model is: the runtime may be in another file.
 */
export function withRuntime(object: KubernetesObject, template: PodTemplate, cluster: Cluster): PodTemplate {
  const model = mapAt(template.spec, 'model');
  if (template.filledBy === undefined || !model) return template;
  const spec = mapAt(cluster.runtimeNamed(object.namespace, textAt(model, 'runtime'))?.raw, 'spec');
  if (!itemsAt(spec, 'containers').some((each) => textAt(each, 'name') === serving)) return template;
  const { at } = model;
  const base = placed(
    only(spec as RawMap, (key) => ofPods.has(key)),
    at,
  );
  const own = only(model, (key) => !ofModel.has(key));
  own.entries.set('name', { at, value: { kind: 'scalar', value: serving, at } });
  const written = only(template.spec, (key) => key !== 'model');
  const beside = itemsAt(template.spec, 'containers');
  written.entries.set('containers', { at, value: { kind: 'seq', items: [own, ...beside], at } });
  const { filledBy: _, ...rest } = template;
  return { ...rest, spec: merged(base, written) as RawMap };
}

/** Whether KServe fetches a model by a container of its own, which no manifest names: a claim is mounted without it. */
export function isFetched(template: PodTemplate): boolean {
  const model = mapAt(template.spec, 'model');
  const uri = textAt(model, 'storageUri');
  return model?.entries.has('storage') === true || (uri !== undefined && !uri.startsWith('pvc://'));
}

/** A container as `withRuntime` made it of one that is written. */
export function containerIn({ spec }: PodTemplate, written: RawMap, template: PodTemplate): RawMap {
  if (spec === template.spec) return written;
  const name = written === mapAt(template.spec, 'model') ? serving : textAt(written, 'name');
  const isWritten = written === mapAt(template.spec, 'model') || itemsAt(template.spec, 'containers').includes(written);
  const found = isWritten ? itemsAt(spec, 'containers').find((each) => textAt(each, 'name') === name) : undefined;
  return found?.kind === 'map' ? found : written;
}

const only = (raw: RawMap, isKept: (key: string) => boolean): RawMap => ({
  kind: 'map',
  entries: new Map([...raw.entries].filter(([key]) => isKept(key))),
  at: raw.at,
});

/** A copy all of which stands at one place. */
function placed<Node extends Raw>(raw: Node, at: number): Node;
function placed(raw: Raw, at: number): Raw {
  if (raw instanceof Later) return new Later({ ...raw.what, at }, raw.isLeftOut);
  if (raw.kind === 'scalar') return { ...raw, at };
  if (raw.kind === 'seq') return { kind: 'seq', items: raw.items.map((item) => placed(item, at)), at };
  const entries = [...raw.entries].map(([key, { value }]): [string, RawEntry] => [
    key,
    { at, value: placed(value, at) },
  ]);
  return { ...raw, entries: new Map(entries), at };
}

/** Kubernetes’ strategic merge, but that words of a command line are put behind those that are there, as KServe does. */
function merged(under: Raw, over: Raw, key = ''): Raw {
  if (under instanceof Later || over instanceof Later || over.kind === 'scalar') return over;
  if (under.kind === 'map' && over.kind === 'map') {
    const entries = new Map(under.entries);
    for (const [name, entry] of over.entries) {
      const there = entries.get(name)?.value;
      entries.set(name, there ? { at: entry.at, value: merged(there, entry.value, name) } : entry);
    }
    return { kind: 'map', entries, at: over.at };
  }
  if (under.kind !== 'seq' || over.kind !== 'seq') return over;
  if (key === 'args') return { kind: 'seq', items: [...under.items, ...over.items], at: over.at };
  const naming = keyed.get(key);
  if (naming === undefined) return over;
  const nameOf = (item: Raw): string | undefined => textAt(item, naming);
  const laid = under.items.map((item) => {
    const other = over.items.find((each) => nameOf(each) !== undefined && nameOf(each) === nameOf(item));
    return other ? merged(item, other) : item;
  });
  const names = new Set(under.items.map(nameOf));
  return { kind: 'seq', items: [...laid, ...over.items.filter((item) => !names.has(nameOf(item)))], at: over.at };
}
