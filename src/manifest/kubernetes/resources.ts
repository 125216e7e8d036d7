import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { type Cluster, saysOfOthers } from './cluster.js';
import { Commands } from './commands.js';
import { containerOf } from './container.js';
import { gatewaysOf, isRoute } from './gateways.js';
import { isBinding } from './kinds.js';
import { orUnknown } from './later.js';
import type { KubernetesObject } from './objects.js';
import { podOf } from './pod.js';
import type { PodTemplate } from './pod-templates.js';
import { roleOf } from './roles.js';
import { containerIn, kserve, serving, withRuntime } from './runtime.js';
import { speltIn } from './secrets.js';
import { absent, Layered, mapAt, open, RawDict, spokenAt, textAt, unknown } from './value.js';

/**
 * Keeps what was worked out of the resource looked at last. Requirements are judged resource by resource, so this is enough,
 * and a stream of ten thousand objects leaves nothing behind.
 */
abstract class Worked implements Resource {
  readonly language = 'kubernetes';
  abstract readonly type: string;
  abstract readonly address: string;
  abstract readonly at: number;
  private static latest: { of: Worked; properties: Dict } | undefined;

  constructor(readonly manifest: Manifest) {}

  existsIn(): boolean {
    return true;
  }

  properties(): Dict {
    if (Worked.latest?.of !== this) Worked.latest = { of: this, properties: this.workedOut() };
    return Worked.latest.properties;
  }

  abstract work(): Dict;

  /** What cannot even be begun is unknown as a whole. */
  private workedOut(): Dict {
    const worked = orUnknown(() => this.work());
    return worked.kind === 'dict' ? worked : dictOf([], () => worked, this.at, worked);
  }
}

/** An API object as it is written. */
export class ObjectResource extends Worked {
  constructor(
    manifest: Manifest,
    readonly object: KubernetesObject,
    private readonly cluster: Cluster,
  ) {
    super(manifest);
  }

  get type(): string {
    return this.object.type;
  }

  get address(): string {
    return this.object.address;
  }

  get at(): number {
    return this.object.at;
  }

  get saysOfOthers(): boolean {
    return saysOfOthers(this.object.type);
  }

  work(): Dict {
    const { raw, type, at } = this.object;
    const written = new RawDict(raw, at);
    if (type === 'Ingress') return new Layered(written, { scheme: () => schemeOf(raw, at) });
    if (isRoute(type)) return new Layered(written, { gateways: () => gatewaysOf(this.object, this.cluster) }, written);
    if (isBinding(type)) return new Layered(written, { role: () => roleOf(this.object, this.cluster) }, written);
    if (type === 'ClusterRole' && raw.entries.has('aggregationRule')) {
      return new Layered(written, { rules: () => unknown('the roles it aggregates', at) });
    }
    if (type !== 'Secret') return written;
    const hide = (key: string) => () => (raw.entries.has(key) ? unknown('the secret itself', at) : absent(at));
    return new Layered(written, {
      data: hide('data'),
      stringData: hide('stringData'),
      spelt: () => speltIn(this.object),
    });
  }
}

interface MadePod {
  of: PodResource;
  properties: Dict;
  commands: Commands;
  /** As a runtime in the manifests completes it. */
  template: PodTemplate;
}

/** The pods of an object, as one resource of type `PodSpec`. */
export class PodResource extends Worked {
  private static latestPod: MadePod | undefined;
  readonly type = 'PodSpec';
  readonly address: string;

  constructor(
    manifest: Manifest,
    readonly object: KubernetesObject,
    readonly template: PodTemplate,
    readonly cluster: Cluster,
    role: string,
  ) {
    super(manifest);
    this.address = `${object.address}${role}/pod`;
  }

  get at(): number {
    return this.template.at;
  }

  get partOf(): string {
    return this.object.address;
  }

  /** The pods of a runtime are those of the InferenceServices that name it. */
  override existsIn(): boolean {
    return this.object.group !== kserve || !this.cluster.isRun(this.object);
  }

  work(): Dict {
    return this.pod().properties;
  }

  /** Its containers are judged after it and look at it again. */
  pod(): MadePod {
    if (PodResource.latestPod?.of !== this) {
      const { object, cluster } = this;
      const template = withRuntime(object, this.template, cluster);
      const commands = new Commands(template.filledBy, (type, name) => cluster.find(type, object.namespace, name)?.raw);
      const properties = podOf(object, template, cluster, commands);
      PodResource.latestPod = { of: this, properties, commands, template };
    }
    return PodResource.latestPod;
  }
}

/** One container of a pod, as a resource of type `Container`. */
export class ContainerResource extends Worked {
  readonly type = 'Container';

  constructor(
    private readonly pod: PodResource,
    private readonly raw: RawMap,
    private readonly role: string,
    readonly address: string,
  ) {
    super(pod.manifest);
  }

  get at(): number {
    return this.raw.at;
  }

  get partOf(): string {
    return this.pod.object.address;
  }

  /** What serves in a runtime is judged with what is laid over it. */
  override existsIn(): boolean {
    return this.pod.object.group !== kserve || this.pod.existsIn() || textAt(this.raw, 'name') !== serving;
  }

  work(): Dict {
    const { properties, commands, template } = this.pod.pod();
    const raw = containerIn(template, this.raw, this.pod.template);
    return containerOf(raw, this.role, properties, template, commands);
  }
}

/** A namespace pods are put into, which no manifest holds: what it says is unknown, and is said so once. */
export class MissingNamespace extends Worked {
  readonly type = 'Namespace';
  readonly address: string;

  constructor(
    private readonly pod: PodResource,
    private readonly cluster: Cluster,
  ) {
    super(pod.manifest);
    this.address = addressOf(pod.object);
  }

  get at(): number {
    return this.pod.object.at;
  }

  get partOf(): string {
    return this.pod.object.address;
  }

  override existsIn(): boolean {
    const namespace = orUnknown(() => this.pod.object.namespace);
    if (typeof namespace === 'object') return true;
    return !this.cluster.namespaceNamed(namespace) && this.cluster.asksFirst(namespace, this);
  }

  work(): Dict {
    const { namespace, home } = this.pod.object;
    const name = namespace === undefined ? 'the namespace this is applied to' : home;
    const what = open(`${name}, which is not in the manifests`, this.at);
    return dictOf([], () => what, this.at, what);
  }
}

/** One that cannot be called by its name belongs to what is put into it. */
function addressOf(object: KubernetesObject): string {
  const namespace = orUnknown(() => object.namespace);
  if (typeof namespace === 'object') return `${object.address}/namespace`;
  const isSpoken = namespace === undefined || object.home === `namespace ${namespace}`;
  return isSpoken ? `Namespace/${namespace ?? 'default'}` : `${object.address}/namespace`;
}

/** Pods an object may make that cannot be seen here: one resource of type `UnreadWorkload` whose `containers` are unknown. */
export class UnreadWorkload extends Worked {
  readonly type = 'UnreadWorkload';

  constructor(
    manifest: Manifest,
    private readonly object: KubernetesObject,
    private readonly settledBy: string,
    /** Whether what makes its pods is in the manifests after all. */
    private readonly isThere: () => boolean = () => false,
  ) {
    super(manifest);
  }

  get address(): string {
    return `${this.object.address}/pods`;
  }

  get at(): number {
    return this.object.at;
  }

  get partOf(): string {
    return this.object.address;
  }

  override existsIn(): boolean {
    return orUnknown(this.isThere) !== true;
  }

  work(): Dict {
    const { at } = this.object;
    const what = unknown(this.settledBy, at);
    return dictOf(['containers'], (key) => (key === 'containers' ? what : absent(at)), at);
  }
}

/** Ingress classes of controllers that do not read annotations of AWS's. */
const otherClasses =
  /^(?:nginx|traefik|haproxy|kong|contour|istio|cilium|gce(?:-internal)?|azure[-/]application-gateway|azure-alb-external|webapprouting.*|openshift-default|ambassador|gloo|skipper)$/;

/** The scheme of an Ingress's load balancer: what its annotation says, and otherwise what its class or controller does. */
function schemeOf(raw: RawMap, at: number) {
  const annotations = mapAt(mapAt(raw, 'metadata'), 'annotations');
  const said = annotations?.entries.get('alb.ingress.kubernetes.io/scheme');
  const spec = mapAt(raw, 'spec');
  const named = textAt(spec, 'ingressClassName') ?? textAt(annotations, 'kubernetes.io/ingress.class');
  const isRead = named === undefined || !otherClasses.test(named);
  if (isRead && said?.value.kind === 'scalar' && said.value.value !== null) return { ...said.value, at: said.at };
  const name = spokenAt(spec, 'ingressClassName') ?? spokenAt(annotations, 'kubernetes.io/ingress.class');
  return unknown(name === undefined ? 'the default ingress class' : `ingress class ${name}`, at);
}
