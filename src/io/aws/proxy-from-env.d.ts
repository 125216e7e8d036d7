declare module 'proxy-from-env' {
  /** The proxy the environment names for a URL; an empty string for none. */
  export function getProxyForUrl(url: string | URL): string;
}
