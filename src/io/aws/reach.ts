import { get as getPlain } from 'node:http';
import { get } from 'node:https';
import { nameOf } from './answer.js';
import { failedBecause } from './fault.js';
import { wayTo } from './way.js';

export type Reached =
  /** Any HTTP answer will do: nobody is signed in. `skew` is this machine's clock less the host's, in milliseconds. */
  { reached: true; skew: number | undefined } | { reached: false; because: string };

/** Whether a host answers on the way a probe would take. */
export async function reach(url: string, patience = 5_000): Promise<Reached> {
  const agent = url.startsWith('https:') ? await wayTo(url) : undefined;
  try {
    return await new Promise((resolve, reject) => {
      const began = Date.now();
      const request = (agent ? get : getPlain)(url, { ...(agent ? { agent } : {}), timeout: patience }, (response) => {
        // The answer is dated somewhere between question and receipt, to the second.
        const there = Date.parse(String(response.headers.date)) + 500;
        const here = (began + Date.now()) / 2;
        response.resume();
        resolve({ reached: true, skew: Number.isNaN(there) ? undefined : here - there });
      });
      const late = setTimeout(() => request.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })), patience);
      request.on('error', reject).on('close', () => clearTimeout(late));
    });
  } catch (error) {
    const because = failedBecause('a plain GET', nameOf(error), {
      status: undefined,
      attempts: undefined,
    });
    return { reached: false, because };
  } finally {
    agent?.destroy();
  }
}
