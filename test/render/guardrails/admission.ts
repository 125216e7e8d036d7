import {
  type CelInput,
  type CelResult,
  CelScalar,
  celEnv,
  celFunc,
  celMethod,
  isCelError,
  parse,
  plan,
} from '@bufbuild/cel';
import { parseAllDocuments } from 'yaml';
import { quantityOf } from '../../../src/check/quantity.js';

// What the API server does with a ValidatingAdmissionPolicy, as far as these policies need it: which objects it is asked about,
// its variables, and the functions Kubernetes adds to CEL. https://kubernetes.io/docs/reference/using-api/cel/ (2026-11-21)

export interface Policy {
  metadata: { name: string; annotations: Record<string, string> };
  spec: {
    matchConstraints: { resourceRules: { apiGroups: string[]; resources: string[] }[] };
    variables?: { name: string; expression: string }[];
    validations: { expression: string; message: string }[];
  };
}

export type KubernetesObject = Record<string, unknown> & { kind: string; apiVersion: string };

const funcs = [
  celFunc('quantity', [CelScalar.STRING], CelScalar.DOUBLE, (text) => {
    const number = quantityOf(text);
    if (number === undefined) throw new Error(`${text} is no quantity`);
    return number;
  }),
  celMethod('compareTo', CelScalar.DOUBLE, [CelScalar.DOUBLE], CelScalar.INT, function (other) {
    return BigInt(Math.sign(this - other));
  }),
];
const env = celEnv({ funcs });

type Run = (bindings: Record<string, CelInput>) => CelResult;
const planned = new Map<string, Run>();

function evaluate(expression: string, bindings: Record<string, CelInput>): CelResult {
  let run = planned.get(expression);
  if (!run) {
    run = plan(env, parse(expression)) as Run;
    planned.set(expression, run);
  }
  return run(bindings);
}

/** JSON as CEL takes it: whole numbers are ints, objects maps. */
function input(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(input) as CelInput;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value as CelInput;
  return new Map(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, input(inner)]),
  ) as CelInput;
}

/** The objects of a manifest, lists opened. */
export const objectsOf = (text: string): KubernetesObject[] =>
  parseAllDocuments(text).flatMap((document) => {
    const value = document.toJS({ maxAliasCount: 100 }) as (KubernetesObject & { items?: KubernetesObject[] }) | null;
    if (!value?.kind) return [];
    return value.kind.endsWith('List') && value.items ? value.items : [value];
  });

const plural = (kind: string): string => {
  const lower = kind.toLowerCase();
  return /(s|class)$/.test(lower) ? `${lower}es` : lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
};

export const isMatched = ({ spec }: Policy, { apiVersion, kind }: KubernetesObject): boolean => {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return spec.matchConstraints.resourceRules.some(
    ({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(plural(kind)),
  );
};

/** What a policy says of an object: admitted, or refused, or the error of an expression, which refuses it too. */
export function admit({ spec }: Policy, object: KubernetesObject): 'admitted' | 'refused' | { error: string } {
  const namespace = (object.metadata as { namespace?: string } | undefined)?.namespace;
  const variables = new Map<string, CelInput>();
  const bindings: Record<string, CelInput> = {
    object: input({ metadata: {}, ...object }),
    namespaceObject: namespace === undefined ? null : input({ metadata: { name: namespace } }),
    variables: variables as CelInput,
  };
  for (const { name, expression } of spec.variables ?? []) {
    const value = evaluate(expression, bindings);
    // A variable fails where it is used.
    if (!isCelError(value)) variables.set(name, value as CelInput);
  }
  // An object whose pod cannot be found would not get past the API server's schema; here it is an error, which refuses it.
  if (spec.variables && !variables.has('podSpec')) return 'refused';
  for (const { expression } of spec.validations) {
    const value = evaluate(expression, bindings);
    if (isCelError(value)) return { error: `${expression}: ${value.message}` };
    if (value !== true) return 'refused';
  }
  return 'admitted';
}
