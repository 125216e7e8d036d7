import type { Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { type CommandLine, commandLineOf, startsServer } from './command-line.js';
import { environmentOf, type FindSource } from './environment.js';
import { isLater, Later, NotKnown } from './later.js';
import { itemsAt, textAt } from './value.js';

/** Images of projects around vLLM that serve no model themselves. */
const besides = /router|operator|controller|exporter|proxy|gateway|simulator|benchmark|dashboard|routing|scheduler/;

/** Flags that only vLLM's server has. */
const telling = ['tensor-parallel-size', 'max-model-len', 'gpu-memory-utilization', 'max-num-seqs'];

/** Programs that serve models too, and the flag by which a server of any name gives itself away. */
const others = /^(?:sglang\.launch_server|text-generation-launcher|tritonserver|--tru.*)$/;

/** Which server of models a container runs, told by its words and, where those are left to the image, by its name. */
export function serverOf(image: Value, line: CommandLine, hasCommand: boolean): 'vllm' | 'other' | undefined {
  const { arguments: words, options, given } = line;
  if (startsServer(words.items)) return 'vllm';
  const spelt = words.items.map((word) => (word.kind === 'scalar' ? String(word.value) : ''));
  // A worker of several nodes joins its leader and serves nobody itself.
  if (spelt.some((word, index) => word.endsWith('multi-node-serving.sh') && spelt[index + 1] === 'worker'))
    return undefined;
  const known = options.keys();
  if (telling.some((flag) => known.includes(flag))) return 'vllm';
  if ((!given || !hasCommand || words.open !== undefined) && isVllmImage(image)) return 'vllm';
  if (spelt.some((word) => others.test(word))) return 'other';
  const later = words.items.find(isLater);
  if (later) throw new NotKnown(later);
  return undefined;
}

function isVllmImage(image: Value): boolean {
  // What a plan does not know yet may name a server; a placeholder in a file is filled in by people, who know what they serve.
  if (isLater(image)) throw new NotKnown(image);
  const whole = image.kind === 'scalar' ? String(image.value) : image.kind === 'text' ? String(image.parts[0]) : '';
  const name = whole.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const last = name.slice(name.lastIndexOf('/') + 1);
  return /(^|[-_.])vllm([-_.]|$)/.test(last) && !besides.test(last);
}

/** The same for a pod: what the first of its containers that serves models runs. */
export function serverOfPod(spec: RawMap, find: FindSource): 'vllm' | 'other' | undefined {
  for (const raw of itemsAt(spec, 'containers')) {
    if (raw.kind !== 'map') continue;
    const line = commandLineOf(raw, environmentOf(raw, undefined, find, raw.at), 'the image', raw.at);
    const said = raw.entries.get('image')?.value;
    const image: Value =
      said instanceof Later ? said.what : { kind: 'scalar', value: textAt(raw, 'image') ?? '', at: raw.at };
    const server = serverOf(image, line, itemsAt(raw, 'command').length > 0);
    if (server) return server;
  }
  return undefined;
}
