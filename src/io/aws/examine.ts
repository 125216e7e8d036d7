import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import { nameOf } from './answer.js';
import { connect } from './clients.js';
import { observeIdentity } from './identity.js';
import { customEndpoint, type Place } from './place.js';
import { type Reached, reach } from './reach.js';

export interface Examination {
  hosts: readonly { service: 'sts' | 'kms'; host: string; answer: Reached }[];
  /** What the credential chain gave: nothing, a refusal in our words, or who they are. */
  caller: 'none' | RampartError | Observation | undefined;
}

/** What a probe would meet: each endpoint, and the credentials. Nothing is asked but who calls. */
export async function examine(place: Place, now: () => Date): Promise<Examination> {
  const clients = await connect(place);
  try {
    const services = ['sts', 'kms'] as const;
    const hosts = await Promise.all(
      services.map(async (service) => {
        const custom = customEndpoint(service, place)?.href;
        // The name of a private gateway is nobody's business.
        const host = custom ? `the custom endpoint for ${service.toUpperCase()}` : clients[service].host;
        return { service, host, answer: await reach(custom ?? `https://${host}/`, place.patience) };
      }),
    );
    const found = await clients.sts.client.config.credentials().then(
      () => true,
      (error: unknown) => {
        if (/(Credentials|Token)ProviderError$/.test(nameOf(error))) return false;
        throw error;
      },
    );
    if (!found) return { hosts, caller: 'none' };
    if (!hosts[0]?.answer.reached) return { hosts, caller: undefined };
    return { hosts, caller: await observeIdentity(clients, now()).catch(refused) };
  } finally {
    clients.close();
  }
}

function refused(error: unknown): RampartError {
  if (error instanceof RampartError) return error;
  throw error;
}
