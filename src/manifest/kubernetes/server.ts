import type { Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import type { CommandLine } from './command-line.js';
import type { Commands } from './commands.js';
import { isLater, Later, NotKnown } from './later.js';
import { startsServer } from './scripts.js';
import { itemsAt, textAt } from './value.js';

/** Images of projects around vLLM that serve no model themselves. */
const besides = /router|operator|controller|exporter|proxy|gateway|simulator|benchmark|dashboard|routing|scheduler/;

/** Flags that only vLLM's server has. */
const telling = ['tensor-parallel-size', 'max-model-len', 'gpu-memory-utilization', 'max-num-seqs'];

/** Programs that serve models too, and the flag by which a server of any name gives itself away. */
const others =
  /^(?:sglang\.launch_server|llama_cpp\.server|(?:.*\/)?(?:text-generation-launcher|text-embeddings-router|tritonserver|trtllm-serve|llama-server|mlserver|tensorflow_model_server|torchserve)|--tru.*)$/;

/** Those that do so by one of their commands. */
const serving = /^(?:.*\/)?(?:ollama|lmdeploy)$/;

/** Images of those. */
const otherImages =
  /(?:^|\/)(?:text-generation-inference|text-embeddings-inference|sglang|tritonserver|huggingfaceserver|ollama|lmdeploy|localai|mlserver|djl-serving|torchserve(?:-kfs)?|tensorflow\/serving|nim\/[^:@]+|llama\.cpp:server[^@]*)(?:[:@][^/]*)?$/;

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
  const isToldByImage = !given || !hasCommand || words.open !== undefined;
  // What a plan does not know yet may name a server; a placeholder in a file is filled in by people, who know what they serve.
  if (isToldByImage && isLater(image)) throw new NotKnown(image);
  const whole = isToldByImage ? textOf(image) : '';
  const last = lastName(whole);
  if (/(^|[-_.])vllm([-_.]|$)/.test(last) && !besides.test(last)) return 'vllm';
  const isServing = (word: string, index: number) =>
    others.test(word) || (serving.test(word) && spelt[index + 1] === 'serve');
  if (otherImages.test(whole) || spelt.some(isServing)) return 'other';
  const later = words.items.find(isLater);
  if (later) throw new NotKnown(later);
  return undefined;
}

/** An image as far as it is known. */
const textOf = (image: Value): string =>
  image.kind === 'scalar' ? String(image.value) : image.kind === 'text' ? String(image.parts[0]) : '';

/** Its name without registry, tag and digest. */
function lastName(image: string): string {
  const name = image.replace(/@[\s\S]*$/, '');
  return name.slice(name.lastIndexOf('/') + 1).replace(/:[\s\S]*$/, '');
}

/** An init container that goes on running beside the others. */
export const isSidecar = (raw: Raw): boolean => textAt(raw, 'restartPolicy') === 'Always';

/** The same for a pod: what the first of its containers that serves models runs. */
export function serverOfPod(spec: RawMap, commands: Commands): 'vllm' | 'other' | undefined {
  const running = [...itemsAt(spec, 'containers'), ...itemsAt(spec, 'initContainers').filter(isSidecar)];
  for (const raw of running) {
    if (raw.kind !== 'map') continue;
    const { line } = commands.of(raw);
    const said = raw.entries.get('image')?.value;
    const image: Value =
      said instanceof Later ? said.what : { kind: 'scalar', value: textAt(raw, 'image') ?? '', at: raw.at };
    const server = serverOf(image, line, itemsAt(raw, 'command').length > 0);
    if (server) return server;
  }
  return undefined;
}
