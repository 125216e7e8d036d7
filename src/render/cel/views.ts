import { type Formula, holdsOfNothing, Unsayable } from '../formula/formula.js';
import { along, guarded, type Value, type Views } from './expression.js';
import { quoted } from './text.js';

// What Rampart's reader works out of an object, said in CEL where the object itself tells it.

const beyond: Readonly<Record<string, string>> = {
  server: 'asks which program of a container serves models',
  options: 'reads the command line of a container',
  arguments: 'reads the command line of a container',
  assignments: 'reads the command line of a container',
  accelerators: 'counts accelerators by the names of their resources',
  shared: 'counts accelerators by the names of their resources',
  mounts: 'asks which volume a mount is of',
  network: 'asks what the network policies of the cluster say',
  budgeted: 'asks what the disruption budgets of the cluster say',
  mesh: 'asks what the mesh of the cluster says',
  replicas: 'asks what the autoscalers of the cluster say',
  bound: 'asks which roles of the cluster are bound to an account',
  automountServiceAccountToken: 'asks what the service account says',
  role: 'asks what the role allows that is bound',
  scheme: 'asks what the class of the ingress says',
};

const podSpec: Value = { code: 'variables.podSpec', guards: [] };

/** Fields of a pod's security context that hold for a container that does not say otherwise. */
const inherited = new Set([
  ...['runAsUser', 'runAsGroup', 'runAsNonRoot', 'seccompProfile', 'seLinuxOptions', 'appArmorProfile'],
  'windowsOptions',
]);

/** Of a container; `role` is that of the list it stands in. */
export const containerViews =
  (role: string): Views =>
  (keys, of, value, writer) => {
    const [first = '', second = '', ...rest] = keys;
    if (first === 'role') return writer.of(of, { code: quoted(role), guards: [] });
    if (first === 'pod')
      return podViews([second, ...rest], of, podSpec, writer) ?? writer.of(of, along(podSpec, keys.slice(1)));
    if (first === 'environment') return environment(second, of, value, writer);
    if (first === 'securityContext' && inherited.has(second)) {
      // Of the options of Windows each is inherited by itself.
      const depth = second === 'windowsOptions' ? 1 : 0;
      const own = along(value, ['securityContext', second, ...rest.slice(0, depth)]);
      const pods = along(podSpec, ['securityContext', second, ...rest.slice(0, depth)]);
      const said = (of_: Value): string => writer.of(of, along(of_, rest.slice(depth)));
      return `(${guarded(own, 'true')} ? ${said({ ...own, guards: [] })} : ${said(pods)})`;
    }
    return refusing(first);
  };

/** Of a pod. */
export const podViews: Views = (keys, of, value, writer) => {
  const [first = ''] = keys;
  if (first === 'workload') return writer.of(of, { code: 'variables.workload', guards: [] });
  if (first === 'namespace') return writer.of(of, { code: 'variables.namespaceName', guards: [] });
  void value;
  return refusing(first);
};

/** Of other objects. */
export const objectViews: Views = ([first = '']) =>
  first === 'scheme' || first === 'role' ? refusing(first) : undefined;

function refusing(key: string): undefined {
  if (Object.hasOwn(beyond, key)) throw new Unsayable(beyond[key] as string);
  return undefined;
}

/** A variable by its name. What comes from elsewhere is there, and nobody knows what it is. */
function environment(name: string, of: Formula, { code }: Value, writer: Parameters<Views>[3]): string {
  const named = `variable.name == ${quoted(name)}`;
  const list = `has(${code}.env)`;
  const text: Value = { code: 'variable.value', guards: ['has(variable.value)'] };
  const isPresence = of.kind === 'test' && of.name === 'present';
  const held = isPresence
    ? `(has(variable.valueFrom) || ${writer.of(of, text)})`
    : `(!has(variable.valueFrom) && ${writer.of(of, text)})`;
  if (!holdsOfNothing(of))
    return `(${list} && ${code}.env.exists(variable, ${named}) && ${code}.env.all(variable, !(${named}) || ${held}))`;
  return `(!has(${code}.envFrom) && (!${list} || ${code}.env.all(variable, !(${named}) || ${held})))`;
}
