import { type Dict, dictOf, type List, type Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import type { Commands } from './commands.js';
import { Configured } from './configured.js';
import { type Configuration, configurationOf } from './nginx/configuration.js';
import { type Way, waysOf } from './nginx/ways.js';
import { isSidecar } from './server.js';
import { absent, itemsAt, spokenAt, textAt, unknown } from './value.js';

/** Programs beside a server that carry away logs and figures, or fetch files, and let nobody in. */
const carriers =
  /^(?:(?:aws-for-)?fluent-?bit|fluentd|filebeat|vector|promtail|opentelemetry-collector.*|otelcol.*|aws-otel-collector|cloudwatch-agent|node-exporter|dcgm-exporter|git-sync|configmap-reload|k8s-sidecar)$/;

/** Kinds to whose pods a proxy is added that takes plain connections. */
const joined = /^(?:Service|Configuration)\.serving\.knative\.dev$/;

const nginx = /^(?:nginx|openresty)$/;
const nginxImage = /^(?:nginx|openresty)(?:[-_](?:unprivileged|fips|alpine|base|proxy|tls))*$/;

/**
 * What lets requests through to a server that listens on the loopback of its pod, or hands out a key in front of it: `ways`, each with `container`, `to`
 * (`model`, `probe`, `beyond`), `tls`, `protocols`, `ciphers`, `asks`, `adds` and `logs` (see `Way`), and `whole`: true where there is no
 * other. The list is open where a configuration of nginx cannot be seen; what other programs let through only `whole` tells.
 */
export function frontOf(
  server: RawMap,
  workload: Value,
  spec: RawMap,
  filledBy: string | undefined,
  commands: Commands,
): Dict {
  // What lets callers through counts because of where the server listens.
  const { at } = commands.of(server).line.options.get('host');
  const ways: Dict[] = [];
  let open =
    filledBy ??
    (workload.kind === 'scalar' && joined.test(String(workload.value))
      ? 'what the proxy that Knative adds takes'
      : undefined);
  let more: string | undefined;
  const port = portOf(server, commands);
  const running = [...itemsAt(spec, 'containers'), ...itemsAt(spec, 'initContainers').filter(isSidecar)];
  for (const other of running) {
    if (other.kind !== 'map' || other === server || carriers.test(imageOf(other))) continue;
    const name = spokenAt(other, 'name') ?? '(unnamed)';
    const started = nginxOf(other, commands);
    if (!started) {
      open ??= `what container ${name} lets through to the loopback`;
      continue;
    }
    const { found, unseen } = waysThrough(
      configurationOf(new Configured(other, spec, commands.find), started.path),
      port,
    );
    const hidden = unseen ?? started.open;
    if (hidden !== undefined) more ??= `what container ${name} lets through: ${hidden}`;
    for (const way of found) ways.push(wayOf(way, name, at));
  }
  const parts: Record<string, Value> = {
    ways: { kind: 'list', items: ways, at, ...(more === undefined ? {} : { open: unknown(more, at) }) },
    whole:
      open === undefined && more === undefined ? { kind: 'scalar', value: true, at } : unknown(more ?? open ?? '', at),
  };
  return dictOf(Object.keys(parts), (key) => parts[key] ?? absent(at), at);
}

function waysThrough(
  { directives, open, ofImage }: Configuration,
  port: string | undefined,
): { found: readonly Way[]; unseen: string | undefined } {
  const { ways, open: other } = waysOf(directives, port);
  // Where nothing that is seen leads anywhere, what is in the image does.
  return { found: ways, unseen: open ?? other ?? (ways.length === 0 ? ofImage : undefined) };
}

function wayOf({ to, tls, protocols, ciphers, asks, adds, logs }: Way, container: string, at: number): Dict {
  const scalar = (value: string | boolean): Value => ({ kind: 'scalar', value, at });
  const listed = (words: readonly string[]): List => ({ kind: 'list', items: words.map(scalar), at });
  const parts: Record<string, Value> = {
    container: scalar(container),
    to: scalar(to),
    tls: scalar(tls),
    protocols: protocols ? listed(protocols) : unknown(`which protocols nginx in container ${container} takes`, at),
    ciphers: listed(ciphers),
    asks: asks === undefined ? unknown(`whom nginx in container ${container} lets in`, at) : scalar(asks),
    logs: scalar(logs),
    adds: adds === undefined ? unknown(`what key nginx in container ${container} hands on`, at) : scalar(adds),
  };
  return dictOf(Object.keys(parts), (key) => parts[key] ?? absent(at), at);
}

/** Whether a container runs nginx, and with which file. */
function nginxOf(container: RawMap, commands: Commands): { path?: string; open?: string } | undefined {
  const { line } = commands.of(container);
  const words = line.arguments.items.map((word) => (word.kind === 'scalar' ? String(word.value) : ''));
  const start = words.findIndex((word) => nginx.test(word.slice(word.lastIndexOf('/') + 1)));
  const isCommand = itemsAt(container, 'command').length > 0;
  if (start === -1 && (isCommand || !nginxImage.test(imageOf(container)))) return undefined;
  const flag = words.findIndex((word, index) => index > start && word === '-c');
  const named = flag === -1 ? undefined : words[flag + 1];
  const open = line.given ? line.arguments.open?.settledBy : undefined;
  if (words.includes('-p') || named === '') return { open: 'the file it is started with' };
  const path = named === undefined || named.startsWith('/') ? named : `/etc/nginx/${named}`;
  return { ...(path === undefined ? {} : { path }), ...(open === undefined ? {} : { open }) };
}

/** The port of the server; undefined where it is not known. */
function portOf(server: RawMap, commands: Commands): string | undefined {
  const said = commands.of(server).line.options.get('port');
  if (said.kind === 'scalar') return String(said.value);
  return said.kind === 'absent' ? '8000' : undefined;
}

/** The last name of its image. */
function imageOf(container: RawMap): string {
  const image = (textAt(container, 'image') ?? '').replace(/@[\s\S]*$/, '');
  return image.slice(image.lastIndexOf('/') + 1).replace(/:[\s\S]*$/, '');
}
