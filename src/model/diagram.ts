import type { EndpointKind } from './endpoint.js';

/** Where a part stands: outside the system, in the endpoint's network, beside it in the account, or at the provider. */
export type Place = 'outside' | 'network' | 'account' | 'provider';

/** What a part does, which decides how it is drawn. */
export type PartRole = 'people' | 'application' | 'gateway' | 'compute' | 'model' | 'key' | 'store' | 'log' | 'guard';

/**
 * What the diagram of an endpoint kind is made of: `templates/<kind>/diagram.yaml`. Texts may name fields of the endpoint
 * (`{model}`, `{region}`), of its network (`{cidr}`) and settings (`{setting:logging.retention-days}`).
 */
export interface DiagramShape {
  parts: Readonly<Record<string, PartShape>>;
  flows: readonly FlowShape[];
}

/** What is said whatever the network, or differently of one made with the endpoint and of one that was there before. */
export type Said = string | { created: string; existing: string };

export interface PartShape {
  role: PartRole;
  place: Place;
  label: string;
  detail?: Said;
  /** Whether what it keeps is encrypted with the endpoint's own key. */
  sealed?: true;
  /** Only where the network is made with the endpoint, or only where it was there before. */
  network?: 'created' | 'existing';
  /** Only where callers wait for the answer, or only where they find it later. */
  inference?: 'real-time' | 'async';
}

export interface FlowShape {
  from: string;
  to: string;
  /** What flows. */
  carries: string;
  /** What protects it on the way. */
  protection: Said;
  network?: 'created' | 'existing';
  inference?: 'real-time' | 'async';
}

export type DiagramShapes = Readonly<Partial<Record<EndpointKind, DiagramShape>>>;

/** A system drawn: what there is, what flows between, and what of that crosses the authorization boundary. */
export interface Diagram {
  title: string;
  zones: readonly Zone[];
  parts: readonly Part[];
  flows: readonly Flow[];
}

export type ZoneKind = 'outside' | 'boundary' | 'endpoint' | 'network' | 'provider';

export interface Zone {
  id: string;
  kind: ZoneKind;
  label: string;
  /** Id of the zone around it. */
  within?: string;
}

export interface Part {
  id: string;
  role: PartRole;
  label: string;
  detail?: string;
  sealed: boolean;
  /** Id of its zone. */
  zone: string;
}

export interface Flow {
  /** From 1, as the drawing and the table beside it call it. */
  number: number;
  /** Ids of parts. */
  from: string;
  to: string;
  carries: string;
  protection: string;
  /** Whether it leaves or enters the authorization boundary. */
  crosses: boolean;
}
