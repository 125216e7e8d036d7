import type { Raw, RawMap } from '../yaml/tree.js';
import type { FindSource } from './environment.js';
import { itemsAt, mapAt, textAt } from './value.js';

/** What stands at a path in a container: a text of the manifests, something they do not hold, or what its image has there. */
export type Held = { text: string } | 'unread' | 'image';

/** Looks into the config maps a container mounts. */
export class Configured {
  private readonly mounts: readonly { path: string; subPath: string; volume: Raw | undefined }[];

  constructor(
    container: RawMap,
    podSpec: RawMap,
    private readonly find: FindSource,
  ) {
    const volumes = itemsAt(podSpec, 'volumes');
    this.mounts = itemsAt(container, 'volumeMounts')
      .map((mount) => ({
        path: (textAt(mount, 'mountPath') ?? '').replace(/\/$/, ''),
        subPath: (textAt(mount, 'subPath') ?? '').replace(/\/$/, ''),
        volume: volumes.find((each) => textAt(each, 'name') === textAt(mount, 'name')),
      }))
      .sort((a, b) => b.path.length - a.path.length);
  }

  read(path: string): Held {
    const mount = this.mounts.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    if (!mount) return 'image';
    const inside = path.slice(mount.path.length + 1);
    const key = [mount.subPath, inside].filter((part) => part !== '').join('/');
    const text = this.filesOf(mount.volume)?.get(key);
    return text === undefined ? 'unread' : { text };
  }

  /** The texts of the files of a folder; undefined where some may be there that the manifests do not hold. */
  readAll(folder: string, isTaken: (name: string) => boolean): readonly string[] | undefined {
    const found = this.mounts.flatMap((mount): (string | undefined)[] => {
      if (mount.path.startsWith(`${folder}/`)) {
        const held = isTaken(mount.path.slice(folder.length + 1)) ? this.read(mount.path) : 'image';
        return held === 'image' ? [] : [held === 'unread' ? undefined : held.text];
      }
      if (folder !== mount.path && !folder.startsWith(`${mount.path}/`)) return [];
      const files = this.filesOf(mount.volume);
      const within = [mount.subPath, folder.slice(mount.path.length + 1)].filter((part) => part !== '');
      const start = within.map((part) => `${part}/`).join('');
      const isFound = (key: string) => key.startsWith(start) && isTaken(key.slice(start.length));
      return files ? [...files].filter(([key]) => isFound(key)).map(([, text]) => text) : [undefined];
    });
    return found.every((text) => text !== undefined) ? found : undefined;
  }

  /** The files of a volume by their paths in it, where all of them are in the manifests. */
  private filesOf(volume: Raw | undefined): ReadonlyMap<string, string> | undefined {
    const projected = mapAt(volume, 'projected');
    const sources = projected ? itemsAt(projected, 'sources') : volume ? [volume] : [];
    const files = new Map<string, string>();
    for (const source of sources) {
      const named = mapAt(source, 'configMap');
      const found = named && this.find('ConfigMap', textAt(named, 'name') ?? '');
      if (!found || mapAt(found, 'binaryData')) return undefined;
      const data = mapAt(found, 'data');
      const items = itemsAt(named, 'items');
      const pairs =
        items.length > 0
          ? items.map((item) => [textAt(item, 'key') ?? '', textAt(item, 'path') ?? ''] as const)
          : [...(data?.entries.keys() ?? [])].map((key) => [key, key] as const);
      for (const [key, path] of pairs) {
        const text = textAt(data, key);
        if (text !== undefined) files.set(path, text);
      }
    }
    return sources.length === 0 ? undefined : files;
  }
}
