import { readFileSync } from 'node:fs';
import { Agent as PlainAgent } from 'node:http';
import { Agent } from 'node:https';
import { RampartError } from '#model/error.js';
import { systemError } from '../system-error.js';

/**
 * The way to a host, https or not: through the proxy that HTTPS_PROXY and NO_PROXY name for `url`, trusting the authorities of
 * AWS_CA_BUNDLE where it is set, as the AWS CLI does, and otherwise those of Node (NODE_EXTRA_CA_CERTS adds to them).
 */
export async function wayTo(url: string, environment: NodeJS.ProcessEnv = process.env): Promise<Agent> {
  // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot have any server's word taken for AWS's.
  const trust = { ...authorities(environment), rejectUnauthorized: true };
  const options = { keepAlive: true, maxSockets: 50, ...trust };
  const proxy = await proxyFor(url);
  if (!proxy) return url.startsWith('http:') ? (new PlainAgent(options) as Agent) : new Agent(options);
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  // As an option it is for the proxy's own certificate; what the tunnel leads to is given it with each request.
  const agent = new HttpsProxyAgent(proxy, options);
  Object.assign(agent.options, trust);
  return agent as unknown as Agent;
}

async function proxyFor(url: string): Promise<string | undefined> {
  const { getProxyForUrl } = await import('proxy-from-env');
  const given = getProxyForUrl(url);
  if (!given) return undefined;
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given;
  // It may hold a password.
  throw new RampartError('RAMPART_BAD_PROXY', 'HTTPS_PROXY is not an http:// or https:// URL.', {
    exit: 'usage',
    next: 'Set HTTPS_PROXY as in http://proxy.agency.example:3128, or unset it; NO_PROXY lists hosts that need none.',
  });
}

function authorities({ AWS_CA_BUNDLE: path }: NodeJS.ProcessEnv): { ca?: string } {
  if (!path) return {};
  let ca: string;
  try {
    ca = readFileSync(path, 'utf8');
  } catch (error) {
    throw systemError('read AWS_CA_BUNDLE', path, error);
  }
  if (ca.includes('-----BEGIN CERTIFICATE-----')) return { ca };
  throw new RampartError('RAMPART_CA_BUNDLE', 'The file AWS_CA_BUNDLE names holds no certificate in PEM.', {
    exit: 'usage',
    next: 'Name a file of certificates that begin with -----BEGIN CERTIFICATE-----, or unset AWS_CA_BUNDLE.',
  });
}
