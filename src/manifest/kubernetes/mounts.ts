import { dictOf, type Unknown, type Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { absent, itemsAt, mapAt, textAt } from './value.js';

/**
 * What a container mounts: `{path, source, readOnly}`. The source is the volume's own word, such as `emptyDir`, or `claim`
 * for one a StatefulSet makes for each pod; a claim may be read-only by its volume too.
 */
export function mountsOf(container: RawMap, podSpec: RawMap, filled: Unknown | undefined): Value {
  const entry = container.entries.get('volumeMounts');
  if (!entry && filled) return filled;
  const items = itemsAt(container, 'volumeMounts').map((mount) => mountOf(mount, podSpec));
  return { kind: 'list', items, at: entry?.at ?? container.at };
}

function mountOf(mount: Raw, podSpec: RawMap): Value {
  const { at } = mount;
  const volume = itemsAt(podSpec, 'volumes').find((each) => textAt(each, 'name') === textAt(mount, 'name'));
  const source = volume?.kind === 'map' ? [...volume.entries.keys()].find((key) => key !== 'name') : undefined;
  const isReadOnly = [textAt(mount, 'readOnly'), textAt(mapAt(volume, source ?? ''), 'readOnly')].includes('true');
  const parts: Record<string, string | boolean> = {
    path: textAt(mount, 'mountPath') ?? '',
    source: volume ? (source ?? 'emptyDir') : 'claim',
    readOnly: isReadOnly,
  };
  return dictOf(
    Object.keys(parts),
    (key) => (Object.hasOwn(parts, key) ? { kind: 'scalar', value: parts[key] ?? '', at } : absent(at)),
    at,
  );
}
