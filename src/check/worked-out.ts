/**
 * What the reader of Kubernetes works out stands in no manifest under the names requirements have for it. People are told what it
 * is in words they can look for.
 */
const words: readonly [name: RegExp, words: string][] = [
  [/^pod\.mesh(?= )/, 'the service mesh of its pod'],
  [/^pod\.(\S+)/, '$1 of its pod'],
  [/^environment\.(\S+)/, 'variable $1'],
  [/^options\.model(?= )/, 'the model'],
  [/^options\.(\S+)/, 'flag --$1'],
  [/^front\.(?:ways(?: \w+)?|whole)(?= is not known)/, 'what the proxy in its pod lets through'],
  [/^front\.ways(?= )/, 'the proxy in its pod'],
  [/^fetch\.\w+(?= )/, 'what it puts where weights are served from'],
  [/^network\.(\w+)\.isolated(?= )/, 'whether a network policy isolates its $1'],
  [/^network\.(\w+)\.open(?= )/, 'whether a network policy opens its $1'],
  [/^budgeted(?= )/, 'whether a disruption budget covers its pods'],
  [/^gateways(?= )/, 'who reaches its gateways'],
  [/^spelt(?= is not known)/, 'what it spells out'],
  [/^spelt /, ''],
  [/^scheme(?= )/, 'the scheme of its load balancer'],
  [/^role(?= is not known)/, 'what its role allows'],
  [/^containers(?= is not known)/, 'what it runs'],
];

/** A reason of a Kubernetes object, which begins with the path of what was judged. */
export function inWords(reason: string): string {
  for (const [name, spoken] of words) if (name.test(reason)) return reason.replace(name, spoken);
  return reason;
}
