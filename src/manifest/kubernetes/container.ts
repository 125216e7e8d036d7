import { type Dict, dictOf, type Unknown, type Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import type { CommandLine } from './command-line.js';
import type { Commands } from './commands.js';
import { withAssigned } from './environment.js';
import { fetchOf } from './fetch.js';
import { frontOf } from './front.js';
import { Later } from './later.js';
import { mountsOf } from './mounts.js';
import type { PodTemplate } from './pod-templates.js';
import { isSidecar, serverOf } from './server.js';
import { absent, filledOf, itemsAt, Layered, mapAt, open, RawDict, textAt, toValue, unknown } from './value.js';

/** Fields of a pod's security context that hold for a container that does not say otherwise. */
const inherited = new Set([
  'runAsUser',
  'runAsGroup',
  'runAsNonRoot',
  'seccompProfile',
  'seLinuxOptions',
  'appArmorProfile',
]);

/** The three lists of a pod spec, with what one of their items is called. */
export const containerLists = [
  ['initContainers', 'init'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral'],
] as const;

/**
 * A container as it will run: what it says itself, and worked out beside that
 * `role` (`container`, `init`, `ephemeral`), `pod`, `securityContext` with what the pod's gives, `image` with placeholders
 * unknown, `environment` by name, `arguments`, `options`, `assignments` (`{name, value}`), `accelerators` (`{name, count}`), `shared`, `mounts` with where they come
 * from, `server` (`vllm`, `other`, or absent where no model is served), `front` (see `frontOf`), and `fetch` (see `fetchOf`).
 */
export function containerOf(
  raw: RawMap,
  role: string,
  pod: Dict,
  { spec: podSpec, metadata, filledBy }: Pick<PodTemplate, 'spec' | 'metadata' | 'filledBy'>,
  commands: Commands,
): Dict {
  const { at } = raw;
  const filled = filledBy === undefined ? undefined : open(filledBy, at);
  const line = (): CommandLine => commands.of(raw).line;
  const image = () => imageOf(raw, filled);
  return new Layered(new RawDict(raw, at, filled), {
    role: () => ({ kind: 'scalar', value: role, at }),
    pod: () => pod,
    image,
    securityContext: () => securityContextOf(raw, podSpec, metadata, filled),
    environment: () => withAssigned(commands.of(raw).environment, line().assigned),
    arguments: () => line().arguments,
    options: () => line().options,
    assignments: () => line().assignments,
    accelerators: () => acceleratorsOf(raw, filled),
    shared: () => sharedOf(raw, filled),
    mounts: () => mountsOf(raw, podSpec, filled),
    front: () => frontOf(raw, pod.get('workload'), podSpec, filledBy, commands),
    fetch: () => (role === 'init' ? fetchOf(raw, podSpec, commands) : absent(at)),
    server: () => {
      const isRunning = role === 'container' || isSidecar(raw);
      const server = isRunning ? serverOf(image(), line(), itemsAt(raw, 'command').length > 0) : undefined;
      return server === undefined ? absent(at) : { kind: 'scalar', value: server, at };
    },
  });
}

/** A placeholder another tool fills in before the manifest is applied, or one an admission webhook does. */
function imageOf(raw: RawMap, filled: Unknown | undefined): Value {
  const entry = raw.entries.get('image');
  if (entry?.value instanceof Later) return entry.value.what;
  const text = textAt(raw, 'image');
  if (entry?.value.kind !== 'scalar' || text === undefined || text === '') return filled ?? absent(raw.at);
  if (text === 'auto') return unknown('the webhook that puts the image in', entry.at);
  return filledOf(entry.value, entry.at);
}

function securityContextOf(
  raw: RawMap,
  podSpec: RawMap,
  metadata: RawMap | undefined,
  filled: Unknown | undefined,
): Dict {
  const own = mapAt(raw, 'securityContext');
  const pod = mapAt(podSpec, 'securityContext');
  const at = (own && raw.entries.get('securityContext')?.at) ?? raw.at;
  const base = new RawDict(own ?? { kind: 'map', entries: new Map(), at }, at, filled);
  const over: Record<string, () => Value> = {};
  for (const key of inherited) {
    const entry = pod?.entries.get(key);
    const mine = own?.entries.get(key)?.value;
    const isSaid = mine && (mine instanceof Later || !(mine.kind === 'scalar' && mine.value === null));
    if (entry && !isSaid) {
      over[key] = () => {
        const value = toValue(entry.value, entry.at);
        return value.kind === 'absent' ? base.get(key) : value;
      };
    }
  }
  if (metadata?.entries.has('annotations') && !own?.entries.has('appArmorProfile')) {
    const inherit = over.appArmorProfile;
    over.appArmorProfile = () => annotatedProfile(raw, metadata) ?? inherit?.() ?? base.get('appArmorProfile');
  }
  // Of these alone each field is inherited by itself.
  const windows = mapAt(pod, 'windowsOptions');
  if (windows) over.windowsOptions = () => windowsOptionsOf(windows, mapAt(own, 'windowsOptions'), filled);
  return new Layered(base, over);
}

/** Spellings of the annotation that was there before the field; the API server writes it into the field. */
const annotated: ReadonlyMap<string, string> = new Map([
  ['unconfined', 'Unconfined'],
  ['runtime/default', 'RuntimeDefault'],
]);

/** A container's AppArmor profile as an annotation of its pod names it. */
function annotatedProfile(raw: RawMap, metadata: RawMap): Value | undefined {
  const key = `container.apparmor.security.beta.kubernetes.io/${textAt(raw, 'name') ?? ''}`;
  const entry = mapAt(metadata, 'annotations')?.entries.get(key);
  if (entry?.value.kind !== 'scalar' || entry.value.value === null) return undefined;
  const { at } = entry;
  const written = toValue(entry.value, at);
  const spelt = written.kind === 'scalar' ? String(written.value) : undefined;
  const type = spelt?.startsWith('localhost/') ? 'Localhost' : annotated.get(spelt ?? '');
  const value: Value = type === undefined ? written : { kind: 'scalar', value: type, at };
  return dictOf(['type'], (name) => (name === 'type' ? value : absent(at)), at);
}

function windowsOptionsOf(pod: RawMap, own: RawMap | undefined, filled: Unknown | undefined): Dict {
  const said = [...(own?.entries ?? [])].filter(([, { value }]) => !(value.kind === 'scalar' && value.value === null));
  const entries = new Map([...pod.entries, ...said]);
  return new RawDict({ kind: 'map', entries, at: (own ?? pod).at }, (own ?? pod).at, filled);
}

/** Limits on devices that compute: GPUs, their hardware partitions and Neuron devices, but none that several may hold. */
const accelerator =
  /^(?:(?:nvidia|amd)\.com\/(?:gpu|mig-(?!.*\.shared$).+)|aws\.amazon\.com\/neuron.*|habana\.ai\/gaudi|google\.com\/tpu)$/;

function acceleratorsOf(raw: RawMap, filled: Unknown | undefined): Value {
  const limits = mapAt(mapAt(raw, 'resources'), 'limits');
  if (!limits && filled) return filled;
  const items: Value[] = [];
  for (const [name, { at, value }] of limits?.entries ?? []) {
    if (!accelerator.test(name) || value.kind !== 'scalar') continue;
    const count = toValue(value, at);
    items.push(dictOf(['name', 'count'], (key) => (key === 'count' ? count : { kind: 'scalar', value: name, at }), at));
  }
  return { kind: 'list', items, at: raw.at };
}

/** Limits on hardware partitions several may hold at a time, by name. */
function sharedOf(raw: RawMap, filled: Unknown | undefined): Value {
  const limits = mapAt(mapAt(raw, 'resources'), 'limits');
  if (!limits && filled) return filled;
  const names = [...(limits?.entries ?? [])].filter(([name]) => /^nvidia\.com\/mig-.+\.shared$/.test(name));
  return { kind: 'list', items: names.map(([value, { at }]) => ({ kind: 'scalar', value, at })), at: raw.at };
}
