import { dictOf, type Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import type { Commands } from './commands.js';
import { Configured } from './configured.js';
import { absent, itemsAt, textAt, unknown } from './value.js';

/** Programs and calls that fetch files from elsewhere. */
const fetches =
  /(?:^|[\s/;&|(])(?:aws\s[^\n;|&]{0,200}\bs3|s5cmd|gsutil|gcloud\s+storage|azcopy|rclone|curl|wget|aria2c|oras\s+pull|git\s+(?:clone|lfs)|huggingface-cli|hf\s+download)\b|snapshot_download|hf_hub_download|download_file|urlretrieve/;

/** Those that compare what came with what was approved. */
const compares = /\b(?:(?:sha(?:256|384|512)|b2|b3)sum|shasum|openssl\s+dgst|cosign|gpgv?|minisign|hashlib)\b/;

const longest = 100_000;

/** A public hub of models. */
const hub =
  /(?:^|[\s/;&|(])(?:huggingface-cli|(?:hf|modelscope)\s+(?:\S+\s+)?download)\s|snapshot_download|hf_hub_download|:\/\/(?:[a-z-]{1,20}\.)?(?:huggingface\.co|hf\.co|modelscope\.(?:cn|ai))(?:\/|$)/;

/**
 * What an init container puts where weights are served from: `hub`, whether it comes from a public one, and `compared`, whether that is held
 * against checksums or a signature. Absent where it does not write there, or fetches nothing; unknown where it runs what is in no manifest.
 */
export function fetchOf(container: RawMap, podSpec: RawMap, commands: Commands): Value {
  const { at } = container;
  const { names, open: model } = servedFrom(podSpec, commands);
  const isWriting = itemsAt(container, 'volumeMounts').some(
    (mount) => textAt(mount, 'readOnly') !== 'true' && names.has(textAt(mount, 'name') ?? ''),
  );
  if (!isWriting) return absent(at);
  const { text, open } = programOf(container, podSpec, commands);
  if (!fetches.test(text)) return open === undefined ? absent(at) : unknown(open, at);
  const said = (value: boolean, isSure: boolean): Value => {
    const missing = model ?? (isSure ? undefined : open);
    return missing === undefined ? { kind: 'scalar', value, at } : unknown(missing, at);
  };
  const [isCompared, isPublic] = [compares.test(text), hub.test(text)];
  const parts: Record<string, Value> = { compared: said(isCompared, isCompared), hub: said(isPublic, isPublic) };
  return dictOf(Object.keys(parts), (key) => parts[key] ?? absent(at), at);
}

/** Names of the volumes servers of the pod find their model on: of all they mount, where its path is not known. */
function servedFrom(podSpec: RawMap, commands: Commands): { names: ReadonlySet<string>; open?: string } {
  const names = new Set<string>();
  let open: string | undefined;
  for (const server of itemsAt(podSpec, 'containers')) {
    if (server.kind !== 'map') continue;
    const model = commands.of(server).line.options.get('model');
    const path = model.kind === 'scalar' ? String(model.value) : '';
    if (model.kind === 'unknown') open ??= model.settledBy;
    for (const mount of itemsAt(server, 'volumeMounts')) {
      const folder = (textAt(mount, 'mountPath') ?? '').replace(/\/$/, '');
      const isThere = path.startsWith('/') && (path === folder || path.startsWith(`${folder}/`));
      if (isThere || model.kind === 'unknown') names.add(textAt(mount, 'name') ?? '');
    }
  }
  return { names, ...(open === undefined ? {} : { open }) };
}

/** What a container runs as one text, with the scripts it mounts, and what of it is in no manifest. */
function programOf(container: RawMap, podSpec: RawMap, commands: Commands): { text: string; open?: string } {
  const files = new Configured(container, podSpec, commands.find);
  const written = [...itemsAt(container, 'command'), ...itemsAt(container, 'args')].map((word) =>
    word.kind === 'scalar' ? String(word.value) : '',
  );
  let open = commands.of(container).line.given ? undefined : 'the image, which decides what it runs';
  const scripts = written.flatMap((word) => {
    if (!/^\/[^\s;|&]*$/.test(word)) return [];
    const held = files.read(word);
    if (typeof held !== 'string') return [held.text];
    if (/\.(?:sh|py)$/.test(word)) open ??= `script ${word}`;
    return [];
  });
  return {
    text: [written.join(' '), ...scripts].join('\n').slice(0, longest),
    ...(open === undefined ? {} : { open }),
  };
}
