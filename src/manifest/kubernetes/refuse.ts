import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Raw } from '../yaml/tree.js';
import { groupOf } from './kinds.js';
import { isNothing, isObject } from './objects.js';
import { textAt } from './value.js';

/** Template actions as Helm charts write them; `{{resolve:…}}` of CloudFormation and `{{ $labels.x }}` are none. */
const action =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|define|toYaml|tpl|fail|required)\s|(?:if|range|with|block)\s[^{}]{0,500}\}\}|(?:end|else)\s*-?\}\})/;

/** Throws `RAMPART_HELM_TEMPLATE` (exit `input`) for text that is a chart's template and not yet a manifest. */
export function refuseTemplateText(lines: Lines): void {
  const found = lines.text.includes('{{') ? action.exec(lines.text) : null;
  if (found) throw unrendered(lines, found.index);
}

/** The same for text that can be read as YAML: actions count where they are not data some program reads later. */
export function refuseTemplates(trees: readonly Raw[], lines: Lines): void {
  if (!lines.text.includes('{{')) return;
  for (const tree of trees) {
    const at = actionIn(tree, 0);
    if (at !== undefined) throw unrendered(lines, at);
  }
}

function actionIn(raw: Raw, depth: number): number | undefined {
  if (depth > 60) return undefined;
  if (raw.kind === 'scalar') return typeof raw.value === 'string' && action.test(raw.value) ? raw.at : undefined;
  if (raw.kind === 'seq') return first(raw.items, (item) => actionIn(item, depth + 1));
  const kind = textAt(raw, 'kind');
  const isData = (key: string): boolean =>
    key === 'annotations' ||
    (/^(?:ConfigMap|Secret)$/.test(kind ?? '') && /^(?:data|stringData|binaryData)$/.test(key));
  return first([...raw.entries], ([key, { at, value }]) =>
    action.test(key) ? at : isData(key) ? undefined : actionIn(value, depth + 1),
  );
}

function first<Item>(items: readonly Item[], find: (item: Item) => number | undefined): number | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const unrendered = (lines: Lines, at: number): RampartError =>
  new RampartError(
    'RAMPART_HELM_TEMPLATE',
    'Helm chart template, no manifest until it is rendered: judge what it makes with `helm template <chart> | rampart check -`',
    {
      exit: 'input',
      next: 'Run helm template <chart> | rampart check -',
      position: lines.position(at),
    },
  );

/** Why a file that belongs to Kustomize is no manifest; undefined for any other. */
export function kustomization(trees: readonly Raw[], file: string): string | undefined {
  const [tree] = trees;
  if (trees.length !== 1 || tree?.kind !== 'map') return undefined;
  const kind = textAt(tree, 'kind');
  const group = groupOf(textAt(tree, 'apiVersion') ?? '');
  const isNamed = /(^|\/)[Kk]ustomization(\.ya?ml)?$/.test(file) && (kind === undefined || kind === 'Kustomization');
  if (group !== 'kustomize.config.k8s.io' && !(isNamed && !group.includes('fluxcd'))) return undefined;
  return 'Kustomize file, no manifest: judge what it makes with `kubectl kustomize <folder> | rampart check -`';
}

/** Throws `RAMPART_MIXED` (exit `input`) where API objects stand beside documents of something else. */
export function refuseMixture(trees: readonly Raw[], isOther: (tree: Raw) => string | undefined, lines: Lines): void {
  const other = trees.find((tree) => !isNothing(tree) && !isObject(tree) && isOther(tree) !== undefined);
  if (!other) return;
  throw new RampartError('RAMPART_MIXED', `the file mixes Kubernetes and ${isOther(other)}`, {
    exit: 'input',
    next: 'Give each language a file of its own.',
    position: lines.position(other.at),
  });
}
