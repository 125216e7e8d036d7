import { RampartError } from '#model/error.js';
import { Lines } from '#model/position.js';
import type { Included, Manifest, Resource } from '#model/resource.js';
import { plainWorld, type World } from '#model/value.js';
import { UnreadResources } from '../unread.js';
import { type RawMap, readTrees } from '../yaml/tree.js';
import { StackEnvironment } from './environment.js';
import { InlineLines, JoinedLines, ShiftedLines } from './joined-lines.js';
import { holdsObjects, madeBy, type ObjectReader } from './makers.js';
import { isNested, type NestedTemplate, nestedTemplate, shift } from './nested.js';
import { scalarText } from './parameter.js';
import { partsOf } from './part.js';
import { TemplateResource } from './resource.js';
import { type Given, plainly, Scope } from './scope.js';
import type { Stack } from './stack.js';
import { readTag } from './tags.js';
import { isTemplate } from './template.js';
import { stackOf } from './unrolled.js';

/** Stacks in stacks deeper than this, and more of them, are not followed. */
const deepest = 10;
const most = 200;
/** Text of all templates nested in one, in characters. */
const longest = 32 * 1024 * 1024;

/**
 * Reads a CloudFormation template, with the stacks it nests where `given` opens their files, and with the Kubernetes objects it holds
 * where there is a reader of them. Throws `RAMPART_CFN_*` (exit `input`) with the place for one it cannot follow.
 */
export function readCloudFormation(tree: RawMap, lines: Lines, given: Given, objects?: ObjectReader): Manifest {
  const stack = stackOf(tree, lines, { given, prefix: '' });
  return new Reading(lines, objects).read(stack);
}

/** What a template, or one nested in it, is read from. */
interface Source {
  stack: Stack;
  file: string;
  /** Identities of the files around it, itself included. */
  chain: readonly string[];
}

type Readable = { file: string; text: string; identity: string; lines: Lines } | { refused: string };

const placeOf = ({ place }: Stack): { place?: string } => (place === undefined ? {} : { place });

class Reading {
  private readonly resources: Resource[] = [];
  private readonly notFollowed: { what: string; at: number }[] = [];
  private readonly includes: Included[] = [];
  private readonly lines: JoinedLines;
  private readonly manifest: Manifest;
  private length = 0;

  constructor(
    lines: Lines,
    private readonly objects: ObjectReader | undefined,
  ) {
    this.lines = new JoinedLines(lines);
    const { resources, notFollowed, includes } = this;
    this.manifest = {
      language: 'cloudformation',
      file: lines.file,
      lines: this.lines,
      resources,
      notFollowed,
      includes,
    };
  }

  read(stack: Stack): Manifest {
    const { environment } = stack.given;
    if (environment) this.resources.push(new StackEnvironment(environment, stack.template.at, this.manifest));
    const { exports } = stack.given;
    if (exports) {
      this.manifest.imported = (address) => exports.resource(address);
      this.manifest.inRun = (type) => exports.ofType(type, stack);
    }
    this.take({ stack, file: this.lines.file, chain: [] });
    const held = this.objects?.manifests(this.lines);
    if (held && held.holds.length > 0) this.manifest.holds = held.holds;
    if (held?.areSecret) this.manifest.unquotable = true;
    return this.manifest;
  }

  private take(source: Source): void {
    const { stack } = source;
    const { template, prefix } = stack;
    for (const { what, at } of template.loops) this.unread(stack, `${prefix}${what}`, what, at);
    for (const macro of template.macros)
      this.unread(stack, `${prefix}macro ${macro}`, `macro ${macro}, which may write any resource`, template.at);
    for (const part of partsOf(stack, this.manifest)) this.resources.push(part);
    const own: Resource[] = [];
    for (const [id, declared] of template.resources) {
      const type = scalarText(declared.value.entries.get('Type')?.value) ?? '';
      const resource = new TemplateResource(id, type, declared, this.manifest, stack);
      this.resources.push(resource);
      own.push(resource);
      if (isNested(type)) this.nest(source, id, type, resource, declared.value);
      const made = holdsObjects(type) && this.objects?.takes(resource) ? undefined : madeBy(type);
      if (made) this.unread(stack, resource.address, `${made} ${type} ${id}`, declared.at, resource);
    }
    stack.given.exports?.enter(stack, own);
    this.noteExports(stack);
  }

  /** What the stack exports under names that are written out; a macro may write other outputs, and a stack set's go elsewhere. */
  private noteExports(stack: Stack): void {
    const { template, given, place } = stack;
    if (!given.exports || template.macros.length > 0 || place !== undefined) return;
    for (const { value: output } of template.outputs.values()) {
      const exported = output.kind === 'map' ? output.entries.get('Export')?.value : undefined;
      const raw = exported?.kind === 'map' ? exported.entries.get('Name')?.value : undefined;
      const value = output.kind === 'map' ? output.entries.get('Value')?.value : undefined;
      const name = raw && value && plainly(() => new Scope(stack, plainWorld).value(raw));
      if (value && name?.kind === 'scalar')
        given.exports.add(String(name.value), { stack, manifest: this.manifest, value });
    }
  }

  private nest(source: Source, id: string, type: string, resource: TemplateResource, declared: RawMap): void {
    const { stack } = source;
    const found = nestedTemplate(type, declared, (raw) => plainly(() => new Scope(stack, plainWorld).value(raw)));
    const refused = 'refused' in found ? found.refused : this.follow(source, id, found, resource);
    if (refused !== undefined)
      this.unread(stack, resource.address, `the template of ${resource.address}: ${refused}`, resource.at, resource);
  }

  /** Reads a nested template; gives the reason where it does not. */
  private follow(source: Source, id: string, found: NestedTemplate, resource: TemplateResource): string | undefined {
    const { stack, file, chain } = source;
    const opened = this.opened(found, file, stack.given);
    if ('refused' in opened) return opened.refused;
    if (chain.includes(opened.identity)) return `${opened.file} nests itself`;
    if (chain.length >= deepest) return `it is nested deeper than ${deepest} stacks`;
    if (this.includes.length >= most) return `more than ${most} stacks are nested`;
    this.length += opened.text.length;
    if (this.length > longest) return 'the templates nested are larger than what is read';
    try {
      const lines = opened.lines;
      const trees = readTrees(lines, readTag);
      const [tree] = trees;
      if (trees.length !== 1 || !tree || !isTemplate(tree)) return `${opened.file} is no CloudFormation template`;
      const base = this.lines.add(lines);
      shift(tree, base);
      const nested = stackOf(tree, new ShiftedLines(lines, base), {
        given: stack.given,
        prefix: `${resource.address}/`,
        within: { stack, id, passed: found.passed },
        ...(resource.type === 'AWS::CloudFormation::StackSet' ? { place: resource.address } : placeOf(stack)),
      });
      stack.nested.set(id, nested);
      const resources = nested.template.resources.size;
      this.includes.push({ file: opened.file, lines, as: resource.address, resources });
      this.take({ stack: nested, file: opened.file, chain: [...chain, opened.identity] });
      return undefined;
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      const { file, line, column } = error.position ?? { file: opened.file, line: 1, column: 1 };
      return `${file}:${line}:${column} ${error.message}`;
    }
  }

  private opened(found: NestedTemplate, from: string, given: Given): Readable {
    if ('text' in found)
      return {
        file: from,
        text: found.text,
        identity: `${from}#${found.at}`,
        lines: new InlineLines(this.lines, found.at, found.text),
      };
    if (!given.open) return { refused: `${found.path} is a file, and files are not opened from here` };
    const opened = given.open(found.path, from);
    if ('refused' in opened) return opened;
    const text = opened.text.charCodeAt(0) === 0xfeff ? opened.text.slice(1) : opened.text;
    return { ...opened, text, lines: new Lines(opened.file, text) };
  }

  private unread(stack: Stack, address: string, settledBy: string, at: number, part?: Resource): void {
    this.notFollowed.push({ what: settledBy, at });
    const exists = (world: World): boolean => part?.existsIn(world) ?? new Scope(stack, world).isDeployed();
    this.resources.push(new UnreadResources(address, at, this.manifest, settledBy, exists));
  }
}
