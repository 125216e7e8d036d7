import type { Directive } from './directives.js';
import { isKeyAdded, isKeyAsked } from './keys.js';
import { isLoopback, type Listener, listenersOf, protocolsOf } from './listeners.js';
import { type Chain, isRedirected, saidIn } from './scope.js';
import { addressesOf } from './upstreams.js';

/** One way of a request from outside of the pod through the proxy. Undefined is what its configuration does not tell. */
export interface Way {
  /** To the server on the loopback, or out of the pod over plain HTTP. */
  to: 'model' | 'beyond';
  tls: boolean;
  /** What is taken of callers; undefined where the program decides. */
  protocols: readonly string[] | undefined;
  ciphers: readonly string[];
  /** Whether callers have to show who they are. */
  asks: boolean | undefined;
  /** Whether the proxy gives the key in the place of its callers. */
  adds: boolean | undefined;
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
    const chains = servers.slice(0, mostServers).map((server): Chain => [config, part.block ?? [], server.block ?? []]);
    const listeners = listenersOf(chains);
    this.own = new Set(listeners.flat().map(({ port }) => port));
    const kind = part.name === 'http' ? 'http' : 'stream';
    for (const [index, chain] of chains.entries()) this.enter(chain, listeners[index] ?? [], kind);
  }

  /** A server, location or other block with its passes. */
  private enter(chain: Chain, listeners: readonly Listener[], kind: 'http' | 'stream'): void {
    const open = isRedirected(chain);
    if (open === 'all') return;
    const from = open === 'plain' ? listeners.filter(({ tls }) => tls) : listeners;
    const block = chain.at(-1) ?? [];
    for (const each of block) {
      if (passes.has(each.name)) this.pass(each, chain, from, kind);
      else if (each.block && each.name !== 'upstream') this.enter([...chain, each.block], from, kind);
    }
  }

  private pass(pass: Directive, chain: Chain, listeners: readonly Listener[], kind: 'http' | 'stream'): void {
    this.passes += 1;
    if (this.passes > mostPasses) {
      this.open = 'a long configuration';
      return;
    }
    const { addresses, isPlain } = addressesOf(pass, chain, kind);
    // What asks another service whether a caller may come in sends no prompts there.
    const isQuestion = saidIn('proxy_pass_request_body', chain)[0]?.words[0] === 'off';
    for (const { host, port } of addresses) {
      if (/\$/.test(host + port)) this.open ??= `where it hands requests on: ${pass.words[0]}`;
      else if (isLoopback(host) || isAny(host)) this.inside(host, port, chain, listeners);
      else if (isPlain && !isQuestion) for (const listener of listeners) this.add('beyond', chain, listener);
    }
  }

  private inside(host: string, port: string, chain: Chain, listeners: readonly Listener[]): void {
    const isModel = this.port === undefined || port === this.port || host === 'unix' || this.own.has(port);
    if (isModel) for (const listener of listeners) if (!listener.isInside) this.add('model', chain, listener);
  }

  private add(to: Way['to'], chain: Chain, listener: Listener): void {
    if (this.ways.length === mostWays) {
      this.open = 'a long configuration';
      return;
    }
    const { tls, server } = listener;
    const protocols = protocolsOf(listener);
    const ciphers = saidIn('ssl_ciphers', server).flatMap(({ words }) => (words[0] ?? '').split(/[:,\s]+/));
    this.ways.push({ to, tls, protocols, ciphers, asks: isKeyAsked(chain, tls), adds: isKeyAdded(chain) });
  }
}
