import type { Directive } from './directives.js';
import { isKeyAdded, isKeyAsked, isShut } from './keys.js';
import { isLoopback, type Listener, listenersOf, protocolsOf } from './listeners.js';
import { isBodyLogged } from './logs.js';
import { type Chain, isRedirected, type Place, saidIn } from './scope.js';
import { addressesOf } from './upstreams.js';

/** One way of a request from outside of the pod through the proxy. Undefined is what its configuration does not tell. */
export interface Way {
  /** To the server on the loopback, to what that tells everybody of its health, or out of the pod over plain HTTP. */
  to: 'model' | 'probe' | 'beyond';
  tls: boolean;
  /** What is taken of callers; undefined where the program decides. */
  protocols: readonly string[] | undefined;
  ciphers: readonly string[];
  /** Whether callers have to show who they are. */
  asks: boolean | undefined;
  /** Whether the proxy gives the key in the place of its callers. */
  adds: boolean | undefined;
  /** Whether what callers send is written into a log: prompts, or their keys. */
  logs: boolean;
}

export interface Ways {
  ways: readonly Way[];
  /** What else may be a way. */
  open?: string;
}

/** Each pass is looked at in all the blocks around it; nobody writes this many by hand. */
const mostPasses = 300;
const mostServers = 100;
const mostWays = 1000;

const passes = new Set(['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass']);

/** What the servers of a configuration let through, to the model on the loopback (where its port is known, to that one) and elsewhere. */
export function waysOf(config: readonly Directive[], port: string | undefined): Ways {
  const reader = new Reader(port);
  for (const part of config) if (part.name === 'http' || part.name === 'stream') reader.read(part, config);
  return { ways: reader.ways, ...(reader.open === undefined ? {} : { open: reader.open }) };
}

/** Whoever connects there comes to the loopback. */
const isAny = (host: string): boolean => host === '0.0.0.0' || host === '[::]';

class Reader {
  readonly ways: Way[] = [];
  open: string | undefined;
  /** Ports of the proxy's own, by which a request may go round. */
  private own = new Set<string>();
  private passes = 0;

  constructor(private readonly port: string | undefined) {}

  read(part: Directive, config: readonly Directive[]): void {
    const servers = (part.block ?? []).filter(({ name, block }) => name === 'server' && block);
    if (servers.length > mostServers) this.open = 'a long configuration';
    const blocks = servers.slice(0, mostServers).map(({ block }) => block ?? []);
    const chains = blocks.map((block): Chain => [config, part.block ?? [], block]);
    const listeners = listenersOf(chains);
    this.own = new Set(listeners.flat().map(({ port }) => port));
    const kind = part.name === 'http' ? 'http' : 'stream';
    for (const [index, block] of blocks.entries()) {
      const place = { around: chains[index] ?? [], asked: [block] };
      // What a server answers itself is asked before a location is looked for.
      const redirected = isRedirected(block);
      if (redirected === 'all') continue;
      const from = (listeners[index] ?? []).filter(({ tls }) => tls || redirected === 'none');
      this.enter(block, place, from, { kind, server: block });
    }
  }

  /** The block of a server, a location or another with its passes. */
  private enter(block: readonly Directive[], place: Place, listeners: readonly Listener[], inside: Inside): void {
    const redirected = isRedirected(block);
    const from = redirected === 'plain' ? listeners.filter(({ tls }) => tls) : listeners;
    for (const each of block) {
      // Locations in a location are chosen before it answers anything.
      if (each.block && each.name === 'location') {
        const { around } = place;
        const within = { around: [...around, each.block], asked: [inside.server, each.block] };
        this.enter(each.block, within, listeners, { ...inside, location: each });
      } else if (redirected === 'all') continue;
      else if (passes.has(each.name)) this.pass(each, place, from, inside);
      else if (each.block && each.name !== 'upstream') {
        const within = { around: [...place.around, each.block], asked: [...place.asked, each.block] };
        this.enter(each.block, within, from, inside);
      }
    }
  }

  private pass(pass: Directive, place: Place, listeners: readonly Listener[], inside: Inside): void {
    this.passes += 1;
    if (this.passes > mostPasses) {
      this.open = 'a long configuration';
      return;
    }
    const { around } = place;
    const { addresses, isPlain } = addressesOf(pass, around, inside.kind);
    const open = byMethod(place, inside.location).filter((each) => !isShut(each));
    const outside = listeners.filter(({ isInside }) => !isInside);
    // What asks another service whether a caller may come in sends no prompts there.
    const isQuestion = saidIn('proxy_pass_request_body', around)[0]?.words[0] === 'off';
    for (const { host, port } of addresses) {
      if (/\$/.test(host + port)) this.open ??= `where it hands requests on: ${pass.words[0]}`;
      else if (!isLoopback(host) && !isAny(host)) this.add('beyond', open, isPlain && !isQuestion ? listeners : []);
      else if (this.isModel(host, port))
        this.add(isProbe(pass, place, inside.location) ? 'probe' : 'model', open, outside);
    }
  }

  private isModel(host: string, port: string): boolean {
    return this.port === undefined || port === this.port || host === 'unix' || this.own.has(port);
  }

  /** Ways by some listeners for the places they come to; prompts are sent to the first. */
  private add(to: Way['to'], [first, other]: readonly Place[], listeners: readonly Listener[]): void {
    if (!first) return;
    for (const listener of listeners) {
      if (this.ways.length === mostWays) {
        this.open = 'a long configuration';
        return;
      }
      const { tls, server } = listener;
      const protocols = protocolsOf(listener);
      const ciphers = saidIn('ssl_ciphers', server).flatMap(({ words }) => (words[0] ?? '').split(/[:,\s]+/));
      const asked = isKeyAsked(first, tls);
      const asks = asked === false || !other || isKeyAsked(other, tls) === asked ? asked : undefined;
      this.ways.push({ to, tls, protocols, ciphers, asks, adds: isKeyAdded(first), logs: isBodyLogged(first) });
    }
  }
}

/** Where a block stands. */
interface Inside {
  kind: 'http' | 'stream';
  /** The block of the server. */
  server: readonly Directive[];
  /** The innermost location. */
  location?: Directive;
}

/** What holds for prompts, which are posted, and where a location makes a difference, for other methods. */
function byMethod(place: Place, location: Directive | undefined): readonly Place[] {
  const except = location?.block?.find(({ name, block }) => name === 'limit_except' && block);
  if (!except?.block || place.around.includes(except.block)) return [place];
  const other = { around: [...place.around, except.block], asked: place.asked };
  return except.words.includes('POST') ? [place, other] : [other, place];
}

/** Paths of vLLM that tell of its health and load, and that it asks nobody a key for. */
const probes = new Set(['/health', '/ping', '/load', '/version', '/metrics']);

/** Whether no other path is asked for by a pass. */
function isProbe({ words }: Directive, { asked }: Place, location: Directive | undefined): boolean {
  const [, said] = /^https?:\/\/(?:unix:[^:]*:?|[^/]+)(\/.*)?$/s.exec(words[0] ?? '') ?? [];
  const [sign, path = sign] = location?.words ?? [];
  const isPath = path !== sign ? sign === '=' || sign === '^~' : true;
  return isPath && probes.has(said ?? path ?? '') && !asked.flat().some(({ name }) => name === 'rewrite');
}
