import type { Lines } from '#model/position.js';
import type { Manifest, Resource } from '#model/resource.js';
import { visible } from '#model/unseen.js';
import { plainWorld, type World } from '#model/value.js';
import { UnreadResources } from '../unread.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { refuse } from './fault.js';
import { ArmFile } from './file.js';
import type { AzureGiven, GivenParameters } from './given.js';
import { madeBy } from './makers.js';
import { entry, textOf } from './parameter.js';
import { type Around, secretOutputs, secureParameters } from './parts.js';
import { ArmResource } from './resource.js';
import { type Bound, type Loop, Scope } from './scope.js';
import { type Declared, declared, readTemplate, type Template } from './template.js';
import { describe } from './values.js';

/** Azure takes 800 in one template; nested templates and loops together may not make more than this. */
const mostResources = 5000;

/** Reads an ARM template. Throws `RAMPART_ARM_*` (exit `input`) with the place for one it cannot follow. */
export function readArm(
  tree: RawMap,
  lines: Lines,
  azure: AzureGiven | undefined,
  parameters: GivenParameters,
): Manifest {
  const file = new ArmFile(lines, azure, parameters);
  return new Reader(file).manifest(readTemplate(tree, 0, lines, file.expressions));
}

/** A template where it stands: the whole file, or what a nested deployment holds. */
interface Standing {
  /** Whose symbolic names count. */
  template: Template;
  scopeIn(world: World | undefined, loops: readonly Loop[]): Scope;
  deployments: readonly ArmResource[];
}

class Reader {
  private readonly resources: Resource[] = [];
  private readonly notFollowed: { what: string; at: number }[] = [];
  private readonly read: Manifest & { unquotable?: true };
  private readonly addresses = new Map<string, number>();

  constructor(private readonly file: ArmFile) {
    const { lines } = file;
    this.read = { language: 'arm', file: lines.file, lines, resources: this.resources, notFollowed: this.notFollowed };
  }

  manifest(template: Template): Manifest {
    const symbolic = new Scope(this.file, template, undefined, undefined);
    const standing: Standing = {
      template,
      scopeIn: (world, loops) =>
        world ? new Scope(this.file, template, world, undefined, loops) : within(symbolic, loops),
      deployments: [],
    };
    this.addParts(template, new Map(), standing);
    this.expand(template.resources, undefined, [], standing);
    return this.read;
  }

  private expand(
    rows: readonly Declared[],
    parent: ArmResource | undefined,
    loops: readonly Loop[],
    standing: Standing,
  ): void {
    for (const row of rows) {
      const type = this.typeOf(row, parent);
      const copy = entry(row.raw, 'copy');
      for (const turn of this.turns(copy, row, loops, standing)) {
        this.add(row, type, parent, turn ? [...loops, turn] : loops, standing);
      }
    }
  }

  /** The turns of a resource's loop; one that stands for all where their number is open. */
  private turns(
    copy: Raw | undefined,
    { at, symbol }: Declared,
    loops: readonly Loop[],
    standing: Standing,
  ): readonly (Loop | undefined)[] {
    if (!copy) return [undefined];
    const name = textOf(entry(copy, 'name')) ?? symbol ?? 'without a name';
    const count = standing.scopeIn(undefined, loops).turns(entry(copy, 'count'));
    if (count === undefined) {
      this.notFollowed.push({ what: `the number of turns of loop ${name}`, at });
      return [{ name, index: undefined, onlyByName: false }];
    }
    if (this.resources.length + count > mostResources) throw this.tooMany(at);
    return Array.from({ length: count }, (_, index) => ({ name, index, onlyByName: false }));
  }

  private add(
    { raw, at, symbol }: Declared,
    type: string,
    within: ArmResource | undefined,
    loops: readonly Loop[],
    standing: Standing,
  ): void {
    const scopeIn = (world: World | undefined) => standing.scopeIn(world, loops);
    const index = loops.at(-1)?.index;
    const isLooped = entry(raw, 'copy') !== undefined;
    const symbols =
      symbol === undefined ? [] : isLooped && index !== undefined ? [symbol, `${symbol}[${index}]`] : [symbol];
    const { template, deployments } = standing;
    const found = { raw, at, type: plainType(type, raw, within), symbols, within, deployments, template, scopeIn };
    const resource = new ArmResource(this.read, this.file, found);
    if (this.resources.length >= mostResources) throw this.tooMany(at);
    this.resources.push(resource);
    resource.address = this.unique(addressOf(resource, within, standing));
    this.file.add(resource);
    const children = entry(raw, 'resources');
    if (children) this.expand(declared(children, this.file.lines), resource, loops, standing);
    if (type.toLowerCase() === 'microsoft.resources/deployments') this.nested(resource, raw, scopeIn, standing);
    else if (/^microsoft\.resources\/deploymentscripts$/i.test(type)) {
      this.notFollowed.push({ what: `deployment script ${resource.address}`, at });
    }
    const made = madeBy(resource.type);
    if (made !== undefined) this.unread(resource, `${resource.address}: ${made}`);
    if (textOf(entry(raw, 'import')) !== undefined || textOf(entry(raw, 'extension')) !== undefined) {
      this.unread(resource, `${resource.address}, a resource of an extension`);
    }
  }

  private nested(
    deployment: ArmResource,
    raw: RawMap,
    scopeIn: (world: World | undefined) => Scope,
    around: Standing,
  ): void {
    const properties = entry(raw, 'properties');
    const tree = entry(properties, 'template');
    if (tree?.kind !== 'map') {
      this.unread(deployment, `nested deployment ${deployment.address}`);
      return;
    }
    const template = readTemplate(tree, tree.at, this.file.lines, this.file.expressions);
    const options = entry(properties, 'expressionevaluationoptions');
    const deployments = [...around.deployments, deployment];
    const meant = textOf(entry(options, 'scope'))?.toLowerCase() ?? 'outer';
    // With parameters of its own it can only be an inner one.
    if (meant.startsWith('[')) this.unread(deployment, `whose names nested deployment ${deployment.address} means`);
    if (meant !== 'inner' && !(meant.startsWith('[') && entry(properties, 'parameters'))) {
      deployment.inner = kept((world) => scopeIn(world));
      const outer = (world: World | undefined, loops: readonly Loop[]) => within(scopeIn(world), loops);
      const standing = { template: around.template, scopeIn: outer, deployments };
      this.addOutputs(template, standing);
      this.expand(template.resources, undefined, [], standing);
      return;
    }
    const passed = entry(properties, 'parameters');
    const parameters = new Map<string, Raw>();
    for (const [name, { value }] of passed?.kind === 'map' ? passed.entries : [])
      parameters.set(name.toLowerCase(), value);
    const isPlain = passed === undefined || passed.kind === 'map';
    const isLinked = entry(properties, 'parameterslink') !== undefined;
    const isWhole =
      isPlain && !isLinked && ![...parameters.keys()].some((name) => name === 'copy' || name.startsWith('['));
    const bound = (world: World | undefined): Bound => ({
      parameters,
      isWhole,
      scope: scopeIn(world),
      address: deployment.address,
      place: deployment.destination,
      location: entry(raw, 'location'),
      group: entry(raw, 'resourcegroup'),
    });
    const make = (world: World | undefined) => new Scope(this.file, template, world, bound(world));
    deployment.inner = kept(make);
    const symbolic = make(undefined);
    const standing: Standing = {
      template,
      scopeIn: (world, loops) => within(world ? make(world) : symbolic, loops),
      deployments,
    };
    this.addParts(template, parameters, standing);
    this.expand(template.resources, undefined, [], standing);
  }

  private unread(resource: ArmResource, settledBy: string): void {
    const { address, at } = resource;
    this.notFollowed.push({ what: settledBy, at });
    this.resources.push(new UnreadResources(address, at, this.read, settledBy, (world) => resource.existsIn(world)));
  }

  /** What a template says of its parameters and outputs. A secret written out there must not be quoted with its line. */
  private addParts(template: Template, passed: ReadonlyMap<string, Raw>, standing: Standing): void {
    const parts = secureParameters(template, passed, this.around(standing));
    if (parts.length > 0) this.read.unquotable = true;
    this.resources.push(...parts);
    this.addOutputs(template, standing);
  }

  private addOutputs(template: Template, standing: Standing): void {
    this.resources.push(...secretOutputs(template, standing.template, this.around(standing)));
  }

  private around({ deployments, scopeIn }: Standing): Around {
    const nearest = deployments.at(-1);
    return {
      file: this.file,
      manifest: this.read,
      prefix: nearest ? `${nearest.address}/` : '',
      existsIn: (world) => deployments.every((deployment) => deployment.existsIn(world)),
      scopeIn: (world) => scopeIn(world, []),
    };
  }

  private typeOf({ raw, at }: Declared, parent: ArmResource | undefined): string {
    const type = textOf(entry(raw, 'type'));
    if (!type || type.startsWith('[')) throw refuse('RAMPART_ARM_SHAPE', 'a resource has no type', at, this.file.lines);
    if (!parent || type.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`)) return type;
    return `${parent.type}/${type}`;
  }

  private unique(address: string): string {
    const count = (this.addresses.get(address) ?? 0) + 1;
    this.addresses.set(address, count);
    return count === 1 ? address : this.unique(`${address}#${count}`);
  }

  private tooMany(at: number): Error {
    return refuse('RAMPART_ARM_SIZE', `the template makes more than ${mostResources} resources`, at, this.file.lines);
  }
}

const within = (scope: Scope, loops: readonly Loop[]): Scope =>
  loops.reduce((inner, loop) => inner.inside(loop), scope);

/** Keeps the scope of the plain world and the one of none for good, that of another world until the next is asked for. */
function kept(make: (world: World | undefined) => Scope): (world: World | undefined) => Scope {
  const lasting = new Map<World | undefined, Scope>();
  let latest: Scope | undefined;
  return (world) => {
    if (world !== undefined && world !== plainWorld) {
      if (latest?.world !== world) latest = make(world);
      return latest;
    }
    const scope = lasting.get(world) ?? make(world);
    lasting.set(world, scope);
    return scope;
  };
}

/** Providers of what is laid over other resources, where the name that holds them is open. */
const providers: ReadonlyMap<string, string> = new Map([
  ['diagnosticsettings', 'Microsoft.Insights'],
  ['locks', 'Microsoft.Authorization'],
  ['roleassignments', 'Microsoft.Authorization'],
]);

/** `…/providers/diagnosticSettings` named `…/Microsoft.Insights/x` is a `Microsoft.Insights/diagnosticSettings`. */
function plainType(type: string, raw: RawMap, parent: ArmResource | undefined): string {
  const at = type.toLowerCase().indexOf('/providers/');
  if (at === -1) return type;
  const kind = type.slice(at + '/providers/'.length);
  if (kind.includes('.')) return kind;
  const name = textOf(entry(raw, 'name')) ?? '';
  // The provider stands in the name, between its slashes or at its beginning.
  const named = /(?:^|\/|')(Microsoft\.[A-Za-z]+)(?:\/|')/i.exec(name)?.[1];
  const provider = named ?? providers.get(kind.toLowerCase());
  return provider && (parent || at > 0) ? `${provider}/${kind}` : type;
}

function addressOf(resource: ArmResource, parent: ArmResource | undefined, { deployments }: Standing): string {
  const [symbol] = [...resource.symbols].reverse();
  const deployment = deployments.at(-1);
  if (symbol !== undefined) {
    const around = parent?.address ?? deployment?.address;
    return legible(around === undefined ? symbol : `${around}/${symbol}`);
  }
  const names = resource.names?.map((name) => describe(name).replace(/^'|'$/g, '')) ?? ['{name}'];
  return legible(`${resource.type}/${names.join('/')}`);
}

/** Names come from the file and end in reports. */
function legible(text: string): string {
  const clean = visible(text);
  return clean.length > 240 ? `${clean.slice(0, 239)}…` : clean;
}
