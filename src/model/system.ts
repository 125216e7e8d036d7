import type { Impact } from './baseline.js';
import type { Certification } from './certification.js';
import type { Endpoint } from './endpoint.js';
import type { GatePolicy } from './gate.js';
import type { Inherited } from './inherited.js';
import type { Network } from './network.js';
import type { SettingValue } from './setting.js';
import type { Waiver } from './waiver.js';

/** What the agency runs: the user's `rampart.yaml`, after validation against the published schema. */
export interface System {
  name: string;
  /** Short stable id, used in file names, OSCAL and evidence. */
  id: string;
  owner: { organization: string; contact: string };
  impact: { confidentiality: Impact; integrity: Impact; availability: Impact };
  /** Baseline id; when absent the high-water mark chooses it. */
  baseline?: string;
  boundary: Boundary;
  network: Network;
  endpoints: readonly Endpoint[];
  /** Overrides, tighter than the plan's own values only. */
  settings?: Readonly<Record<string, SettingValue>>;
  /** What of it somebody else provides. */
  inherited?: readonly Inherited[];
  waivers?: readonly Waiver[];
  /** What every run of the gate keeps to; a command line may be stricter, never looser. */
  gate?: GatePolicy;
  /** What only people know of a FedRAMP certification. */
  certification?: Certification;
}

export interface Boundary {
  partition: string;
  regions: readonly string[];
  /** A 12-digit account id or the id of a subscription of Azure, or `env:NAME` to read it from the environment so that the file need not hold it. */
  account?: string;
  /** Accounts beside that one which policies may name, each with the reason. */
  trustedAccounts?: readonly TrustedAccount[];
  /** Path of a boundary file beside or below the system file. */
  data?: string;
  /** Models the user has seen offered that the shipped data does not know. They need a source and a date as it does. */
  models?: readonly ModelSeen[];
}

export interface TrustedAccount {
  /** Spelt as `account` is. */
  account: string;
  reason: string;
}

export interface ModelSeen {
  id: string;
  /** Regions that serve the model in-Region. */
  regions: readonly string[];
  geoProfile?: string;
  source: string;
  /** `YYYY-MM-DD`. */
  date: string;
}

export type { Network };
