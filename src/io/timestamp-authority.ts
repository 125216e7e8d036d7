import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { RampartError } from '#model/error.js';
import { visible } from '#model/unseen.js';
import { wayTo } from './aws/way.js';

const patience = 20_000;
const mostBytes = 64 * 1024;

/**
 * Asks a timestamp authority (RFC 3161, 3.4) by the proxy and the certificate authorities of the environment. Plain http is fine:
 * the answer is signed. A redirect is not followed: the authority is the one that was named.
 */
export async function askTimestampAuthority(
  url: string,
  query: Uint8Array,
  limits: { patience?: number } = {},
): Promise<Uint8Array> {
  const named = authorityAt(url);
  const agent = await wayTo(named.href);
  const milliseconds = limits.patience ?? patience;
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return await new Promise<Uint8Array>((answer, fail) => {
      const headers = {
        'content-type': 'application/timestamp-query',
        'content-length': query.length,
        accept: 'application/timestamp-reply',
      };
      const send = named.protocol === 'http:' ? plainRequest : request;
      const asked: ClientRequest = send(named, { method: 'POST', agent, headers, signal }, (response) => {
        read(response).then(answer, fail);
      });
      asked.on('error', fail);
      asked.end(query);
    });
  } catch (error) {
    if (error instanceof RampartError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = signal.aborted ? `gave no answer within ${milliseconds / 1000} s` : `could not be reached (${code})`;
    throw unanswered(named, why);
  } finally {
    agent.destroy();
  }

  async function read(response: IncomingMessage): Promise<Uint8Array> {
    const { statusCode = 0, headers } = response;
    const refuse = (why: string): RampartError => {
      response.destroy();
      return unanswered(named, why);
    };
    if (statusCode >= 300 && statusCode < 400)
      throw refuse(`answered with a redirect (${statusCode}), which is not followed`);
    if (statusCode !== 200) throw refuse(`answered with status ${statusCode}`);
    const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/timestamp-reply') throw refuse('answered with something that is no timestamp');
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of response) {
      length += part.length;
      if (length > mostBytes) throw refuse(`answered with more than ${mostBytes} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}

function authorityAt(url: string): URL {
  const named = URL.canParse(url) ? new URL(url) : undefined;
  if (named && /^https?:$/.test(named.protocol) && named.username === '' && named.password === '') return named;
  throw new RampartError('RAMPART_TSA_URL', 'The address of the timestamp authority is no http:// or https:// URL.', {
    exit: 'usage',
    next: 'Give --tsa as in https://timestamp.agency.example/tsa, without a user name or password.',
  });
}

const unanswered = (url: URL, why: string): RampartError =>
  new RampartError(
    'RAMPART_TSA_NO_ANSWER',
    `The timestamp authority ${visible(url.host)} ${why}; nothing was written.`,
    {
      exit: 'outside',
      next: 'Check the address; HTTPS_PROXY and NO_PROXY say the way, AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS whom to trust.',
    },
  );
