import { type Chain, saidIn } from './scope.js';

/** An address a server listens on. */
export interface Listener {
  /** The blocks of the server. */
  server: Chain;
  port: string;
  tls: boolean;
  /** On the loopback or a socket of the file system, where nobody outside of the pod comes in. */
  isInside: boolean;
  /** All servers of this address: before a name is known, any of them decides which protocols are taken. */
  beside: readonly Chain[];
}

export const isLoopback = (host: string): boolean => /^(?:127(?:\.\d+){3}|localhost|\[::1\]|unix)$/.test(host);

/** The listeners of each server. TLS of an address is that of all servers on it. */
export function listenersOf(servers: readonly Chain[]): readonly (readonly Listener[])[] {
  const secure = new Set<string>();
  const sharing = new Map<string, Chain[]>();
  const found = servers.map((server) => {
    const isOn = saidIn('ssl', server)[0]?.words[0] === 'on';
    const listens = (server.at(-1) ?? []).filter(({ name }) => name === 'listen').map(({ words }) => words);
    return (listens.length === 0 ? [['80']] : listens).map(([address = '80', ...flags]) => {
      const place = placeOf(address);
      const key = `${place.host}:${place.port}`;
      if (isOn || flags.includes('ssl') || flags.includes('quic')) secure.add(key);
      sharing.set(key, [...(sharing.get(key) ?? []), server]);
      return { key, server, port: place.port, isInside: isLoopback(place.host) };
    });
  });
  return found.map((each) =>
    each.map(({ key, ...rest }) => ({ ...rest, tls: secure.has(key), beside: sharing.get(key) ?? [] })),
  );
}

/** `8443`, `*:8443`, `10.0.0.1:8443`, `[::]:8443`, `localhost` or `unix:/run/x` taken apart. */
export function placeOf(address: string): { host: string; port: string } {
  if (address.startsWith('unix:')) return { host: 'unix', port: '' };
  if (/^\d+$/.test(address)) return { host: '*', port: address };
  const [, host = address, port = '80'] = /^(\[[^\]]*\]|[^:[]*)(?::(.*))?$/s.exec(address) ?? [];
  return { host, port };
}

/** The protocols taken on a listener; undefined where its server names none. */
export function protocolsOf({ server, beside }: Listener): readonly string[] | undefined {
  const own = namedIn(server);
  return own.length === 0 ? undefined : [...new Set([own, ...beside.map(namedIn)].flat())];
}

/** OpenSSL's own words come after those of nginx. */
function namedIn(server: Chain): readonly string[] {
  const least = saidIn('ssl_conf_command', server).flatMap(({ words: [name = '', value = ''] }) =>
    /^(?:Min)?Protocol$/i.test(name) ? value.split(/[,\s]+/).filter((each) => !each.startsWith('-')) : [],
  );
  return [...saidIn('ssl_protocols', server).flatMap(({ words }) => words), ...least];
}
