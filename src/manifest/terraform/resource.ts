import type { Manifest, Resource } from '#model/resource.js';
import type { Absent, Dict, Reference, Unknown, Value } from '#model/value.js';
import type { Made } from './configuration.js';
import { isSecret } from './marked.js';
import { mergedDocuments } from './merged.js';
import type { PlanLines } from './places.js';
import { type Holder, isPolicy, type Place, PlannedDict } from './planned.js';
import { policyDocument } from './policy-document.js';
import type { Provider } from './provider.js';
import { asObject, type Json, member } from './shape.js';
import type { Entry, Source } from './source.js';

/** A resource instance of a plan or state. */
export class PlannedResource implements Resource, Holder {
  readonly language = 'terraform';
  readonly address: string;
  readonly type: string;
  readonly at: number;
  readonly incomplete?: Unknown;
  private known: Dict | undefined;
  private given: Dict | undefined;
  private config: Json | null | undefined;

  constructor(
    readonly entry: Entry,
    private readonly source: Source,
    private readonly lines: PlanLines,
    readonly manifest: Manifest,
  ) {
    this.address = entry.address;
    this.type = entry.type;
    this.at = lines.resource(entry.address);
    if (!entry.isComplete) {
      const settledBy = `${entry.address}, of which the plan does not give every attribute`;
      this.incomplete = { kind: 'unknown', settledBy, maybeAbsent: true, from: null, at: this.at };
    }
  }

  existsIn(): boolean {
    return true;
  }

  properties(): Dict {
    this.known ??= this.plain();
    return this.known;
  }

  /**
   * The attributes its configuration gives. What a plan takes over of what is there already may be the work of another resource, which the
   * plan changes or deletes; a new resource, and one of a state, has no others.
   */
  attributes(): Dict {
    this.given ??= this.ownWords();
    return this.given;
  }

  private ownWords(): Dict {
    const all = this.properties();
    const get = (key: string): Value => {
      if (!this.entry.isNew && !this.gives(key)) return absent(all.at);
      const value = all.get(key);
      return value.kind === 'unknown' && value.unset ? absent(all.at) : value;
    };
    return { kind: 'dict', keys: () => all.keys(), get, at: all.at };
  }

  /** Whether the configuration gives an attribute. */
  gives(attribute: string): boolean {
    return member(member(this.configured(), 'expressions'), attribute) !== undefined;
  }

  /** What the configuration spells out of an attribute without naming anything else; undefined where it does not. */
  constant(attribute: string): unknown {
    return member(member(member(this.configured(), 'expressions'), attribute), 'constant_value');
  }

  placeOf(attribute: string): number {
    return this.lines.attribute(this.at, attribute);
  }

  /** What is known after apply only: the policy a data source makes, or an unknown that remembers what it is made from. */
  open(place: Place | undefined, at: number, isMarked: boolean): Value {
    const open = this.later(place, at, isMarked);
    // Only a policy is made from a policy document.
    if (typeof place?.key !== 'string' || !isPolicy(place.key)) return open;
    const made = this.madeOf(place);
    const data = made?.data?.attribute === 'json' ? this.source.policyDocument(made.data.address) : undefined;
    if (!data) return open;
    return this.document(data, open, at, 0);
  }

  private document(entry: Entry, open: Unknown, at: number, depth: number): Dict {
    const data = new PlannedResource(entry, this.source, this.lines, this.manifest);
    const expression = member(member(data.configured(), 'expressions'), 'source_policy_documents');
    const merged =
      depth < 10 && expression !== undefined ? mergedDocuments(expression, entry.module, this.source) : undefined;
    const documents = merged?.map((each) => this.document(each, open, at, depth + 1));
    return policyDocument(data.plain(), open, at, documents);
  }

  /** What is known after apply only, whatever it is. */
  later(place: Place | undefined, at: number, isMarked = false): Unknown {
    return new KnownAfterApply(this, place, at, isMarked);
  }

  hides(place: Place | undefined): true | undefined {
    const configured = this.configured();
    if (!configured || !place) return undefined;
    const path = pathOf(place);
    let expression: unknown = member(configured, 'expressions');
    for (const step of path) {
      if (isGiven(expression)) break;
      // Blocks that say what is shown are lists; of a set another block may be meant, which then stands in the same resource.
      expression = insideBlock(expression, step, true);
    }
    const name = path.findLast(({ key }) => typeof key === 'string')?.key ?? '';
    const attribute = `${this.type}.${path[0]?.key}`;
    const given = isGiven(expression) ? expression : undefined;
    return isSecret(String(name), attribute, given, this.entry.module, this.source.configuration) || undefined;
  }

  /** Which of several configurations of its provider it is made with: `prod` of `kubernetes.prod`. */
  get alias(): string {
    const key = member(this.configured(), 'provider_config_key');
    return typeof key === 'string' ? key.replace(/^(?:(.*):)?[^.:]+\.?/, '$1') : '';
  }

  /** The attributes alone. */
  plain(): Dict {
    const { after, unknown, secret } = this.entry;
    if (unknown === true) {
      const open = new KnownAfterApply(this, undefined, this.at);
      return { kind: 'dict', keys: () => [], get: () => open, open, at: this.at };
    }
    return new PlannedDict(after, unknown, secret, undefined, this.at, this);
  }

  provider(): Provider {
    return this.source.providers.of(() => this.configured(), this.entry.provider, this.at);
  }

  private configured(): Json | undefined {
    if (this.config === undefined) {
      const { module, type, name, mode } = this.entry;
      const resource = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
      this.config = this.source.configuration.resource(module, resource) ?? null;
    }
    return this.config ?? undefined;
  }

  /**
   * Whether the configuration leaves an attribute out. A `dynamic` block is not in the configuration either, but its content is
   * known in all plans but those whose number of blocks is known after apply only; that is all a block of `written` can be.
   */
  isUnset(place: Place | undefined): boolean {
    return place !== undefined && !place.within && this.isLeftOut(place) && !written.has(`${this.type}.${place.key}`);
  }

  /** The same of what stands in blocks: whether the configuration has the block and nothing of that name in it, or null. */
  isLeftOut(place: Place): boolean {
    const configured = typeof place.key === 'string' ? this.configured() : undefined;
    if (!configured) return false;
    let block: unknown = member(configured, 'expressions') ?? {};
    for (const step of pathOf(place).slice(0, -1)) {
      if (isExpression(block)) return false;
      block = insideBlock(block, step, true);
    }
    if (asObject(block) === undefined || isExpression(block)) return false;
    const expression = member(block, place.key as string);
    return expression === undefined || this.source.configuration.isNull(expression, this.entry.module);
  }

  /** Blocks that are a list in the provider's schema: its items are the blocks as they are written. */
  private isOrdered({ within }: Place): boolean {
    return within !== undefined && !within.within && within.key === ordered.get(this.type);
  }

  /** What the expression is made from that gives the value at a place, where just one expression can. */
  madeOf(place: Place | undefined): Made | undefined {
    let found: readonly unknown[] = [member(this.configured(), 'expressions')];
    for (const step of pathOf(place)) {
      if (found.some(isExpression)) {
        if (!insideExpression(step)) return undefined;
      } else found = found.flatMap((each) => insideBlocks(each, step, this.isOrdered(step)));
    }
    const [expression, ...others] = found;
    if (!isExpression(expression) || !others.every((each) => isSame(each, expression))) return undefined;
    const { module, key, type, name } = this.entry;
    const { configuration } = this.source;
    return (
      configuration.chained(expression, member(this.configured(), 'for_each_expression'), module, key) ??
      configuration.made(expression, module, key, 0, `${type}.${name}`)
    );
  }
}

/** A value known after apply only. What it is made from is looked up when somebody asks: most are never looked at. */
class KnownAfterApply implements Unknown {
  readonly kind = 'unknown';
  private looked: Found | undefined;

  constructor(
    private readonly resource: PlannedResource,
    private readonly place: Place | undefined,
    readonly at: number,
    private readonly isMarked = false,
  ) {}

  get hidden(): true | undefined {
    return this.isMarked ? this.resource.hides(this.place) : undefined;
  }

  get settledBy(): string {
    const own = [this.resource.address, ...spelt(this.place)].join('.');
    return `${legible(this.found.made?.label) ?? own} (known after apply)`;
  }

  get from(): Reference | null {
    return this.found.from;
  }

  /** Names and ARNs of things are never nothing and no wildcard. */
  get not(): readonly string[] {
    return this.from ? ['', '*'] : [];
  }

  get maybeAbsent(): true | undefined {
    return this.from ? undefined : true;
  }

  get unset(): true | undefined {
    return this.resource.isUnset(this.place) ? true : undefined;
  }

  private get found(): Found {
    this.looked ??= this.look();
    return this.looked;
  }

  private look(): Found {
    const made = this.resource.madeOf(this.place);
    if (!made?.resource) return { made, from: null };
    const { address: to, attribute } = made.resource;
    return { made, from: { kind: 'reference', to, at: this.at, ...(attribute ? { attribute } : {}) } };
  }
}

interface Found {
  made: Made | undefined;
  from: Reference | null;
}

/** Resources with blocks that are a list in the provider's schema, of which there are often several. */
const ordered: ReadonlyMap<string, string> = new Map([
  ['aws_iam_policy_document', 'statement'],
  ['aws_launch_template', 'block_device_mappings'],
]);

/** Blocks a provider plans empty where nobody writes them; of others a requirement asks about, it may say itself what they will be. */
export const written: ReadonlySet<string> = new Set([
  'aws_batch_compute_environment.compute_resources',
  'aws_bedrock_inference_profile.model_source',
  'aws_bedrockagent_knowledge_base.knowledge_base_configuration',
  'aws_cloudformation_stack_instances.deployment_targets',
  'aws_cloudformation_stack_set_instance.deployment_targets',
  'aws_dlm_lifecycle_policy.policy_details',
  'aws_ecs_service.network_configuration',
  'aws_imagebuilder_distribution_configuration.distribution',
  'aws_imagebuilder_infrastructure_configuration.instance_metadata_options',
  'aws_lambda_function_event_invoke_config.destination_config',
  'aws_launch_template.network_interfaces',
  'aws_msk_cluster.broker_node_group_info',
  'aws_msk_cluster.encryption_info',
  'aws_s3_bucket_inventory.destination',
  'aws_s3_bucket_replication_configuration.rule',
  'aws_sagemaker_endpoint_configuration.async_inference_config',
  'aws_sagemaker_endpoint_configuration.production_variants',
  'aws_sagemaker_endpoint_configuration.shadow_production_variants',
  'aws_sagemaker_model.container',
  'aws_sagemaker_model.primary_container',
  'aws_scheduler_schedule.target',
]);

const absent = (at: number): Absent => ({ kind: 'absent', at });

/** An expression, or what is spelt out. */
const isGiven = (place: unknown): boolean => isExpression(place) || member(place, 'constant_value') !== undefined;

const isExpression = (place: unknown): boolean => member(place, 'references') !== undefined;

/**
 * An item of a list that is not known yet comes from the expression of the list: where that names one thing only, from that. What stands
 * under a key of a map is not looked for.
 */
const insideExpression = ({ key }: Place): boolean => typeof key === 'number';

/**
 * Blocks are listed as they are written; which of several is which item is certain where the schema keeps their order and there
 * is one item for each, or for one only, since others are sets.
 */
function insideBlock(place: unknown, { key, of }: Place, isOrdered: boolean): unknown {
  if (typeof key === 'string') return member(place, key);
  const blocks = Array.isArray(place) ? place : [place];
  if (blocks.length !== of || (of !== 1 && !isOrdered)) return undefined;
  return blocks[key];
}

/** More blocks than this are not held against each other, which takes the square of their number. */
const mostBlocks = 32;

/** The same of all blocks that may be meant: where each has one and the same expression there, it does not count which. */
function insideBlocks(place: unknown, step: Place, isOrdered: boolean): readonly unknown[] {
  if (typeof step.key !== 'number' || isOrdered || !Array.isArray(place)) return [insideBlock(place, step, isOrdered)];
  return place.length === step.of && place.length <= mostBlocks ? place : [insideBlock(place, step, isOrdered)];
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function pathOf(place: Place | undefined): Place[] {
  const path: Place[] = [];
  for (let at = place; at; at = at.within) path.unshift(at);
  return path;
}

function spelt(place: Place | undefined): string[] {
  return pathOf(place).flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
}

/** References of any length and with any characters may stand in a file; a sentence takes some of them. */
const legible = (label: string | undefined): string | undefined =>
  label !== undefined && label.length <= 200 && /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(label) ? label : undefined;
