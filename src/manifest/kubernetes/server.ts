import type { Value } from '#model/value.js';
import type { CommandLine } from './command-line.js';

/** Images of projects around vLLM that serve no model themselves. */
const besides = /router|operator|controller|exporter|proxy|gateway|simulator|benchmark|dashboard|routing|scheduler/;

/** Flags that only vLLM's server has. */
const telling = ['tensor-parallel-size', 'max-model-len', 'gpu-memory-utilization', 'max-num-seqs'];

/** Whether a container serves a model with vLLM, told by what it runs and, where that is left to the image, by its name. */
export function isVllm(image: Value, { arguments: words, options, given }: CommandLine, hasCommand: boolean): boolean {
  const spelt = words.items.map((word) => (word.kind === 'scalar' ? String(word.value) : ''));
  if (spelt.some((word) => word.startsWith('vllm.entrypoints.'))) return true;
  if (spelt.some((word, index) => /(^|\/)vllm$/.test(word) && spelt[index + 1] === 'serve')) return true;
  if (telling.some((flag) => options.keys().includes(flag))) return true;
  const whole = image.kind === 'scalar' ? String(image.value) : image.kind === 'text' ? String(image.parts[0]) : '';
  const name = whole.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (!/(^|[-_.])vllm([-_.]|$)/.test(last) || besides.test(last)) return false;
  return !given || !hasCommand || words.open !== undefined;
}
