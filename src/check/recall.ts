import type { Finding } from '#model/finding.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, plainWorld, type Value, type World } from '#model/value.js';
import { type Context, contextOf, type Watch } from './context.js';
import { judgeResource } from './judge.js';
import type { Reading } from './reading.js';

type Each = Extract<Expectation, { each: unknown }>;

/** What is remembered of a judgement: only that it passed, or said nothing. Whatever is shown has places and names of its own. */
type Remembered = 'pass' | 'silent';

/** What a judgement reads next, and where that leads by the number of what stands there. */
interface Fork {
  place: number;
  leads: Map<number, Fork | Remembered>;
}

/** A requirement that meets the same thing less often than one time in four is judged without looking back. */
const trials = 64;

/** Judgements that are remembered of one requirement. */
const most = 1024;

/**
 * What one requirement said of resources of one type that read the same. Fleets are ten thousand objects of a few shapes, and where
 * everything a judgement read is what another one read, it says the same. What it reads is watched; a judgement that looks at more than
 * properties (at other resources, at its own address) is not remembered.
 */
export class Recall {
  private begin: Fork | Remembered | undefined;
  private remembered = 0;
  private asked = 0;
  private found = 0;
  private isOff = false;

  constructor(
    private readonly requirement: Requirement,
    private readonly expectations: readonly Each[],
  ) {}

  /** What the requirement says of a resource that has no branches; `reading` is what was read of it so far. */
  judge(resource: Resource, plain: Context, reading: Reading): Finding | 'pass' | undefined {
    if (this.isOff) return judgeResource(resource, this.requirement, this.expectations, plain);
    if (!resource.existsIn(plainWorld)) return undefined;
    this.asked += 1;
    const before = this.recall(reading);
    if (before !== undefined) {
      this.found += 1;
      return before === 'pass' ? 'pass' : undefined;
    }
    const watched = new Watched(resource, reading);
    const finding = judgeResource(resource, this.requirement, this.expectations, watched.context(plain));
    if (!watched.hasLookedElsewhere && (finding === undefined || finding.verdict === 'pass'))
      this.remember(watched.places, reading, finding ? 'pass' : 'silent');
    if (this.asked >= trials && this.found * 4 < this.asked) this.forget();
    return finding;
  }

  private recall(reading: Reading): Remembered | undefined {
    let at = this.begin;
    while (typeof at === 'object') {
      // Nothing is remembered under 0, which stands for what is not settled.
      at = at.leads.get(reading.at(at.place));
    }
    return at;
  }

  private remember(places: readonly number[], reading: Reading, what: Remembered): void {
    if (this.remembered === most) return;
    this.remembered += 1;
    if (places.some((place) => reading.at(place) === 0)) return;
    let enter = (next: Fork | Remembered): void => {
      this.begin = next;
    };
    let at = this.begin;
    for (const place of places) {
      if (at === undefined) {
        at = { place, leads: new Map() };
        enter(at);
      }
      // After the same answers a judgement asks the same question; one that does not cannot be remembered.
      if (typeof at === 'string' || at.place !== place) {
        this.forget();
        return;
      }
      const { leads } = at;
      const number = reading.at(place);
      enter = (next) => leads.set(number, next);
      at = leads.get(number);
    }
    if (at === undefined) enter(what);
  }

  private forget(): void {
    this.isOff = true;
    this.begin = undefined;
  }
}

/** A resource that notices what a judgement reads of it, and when it looks at more than properties and type, or at others. */
class Watched implements Resource, Watch {
  readonly language: Resource['language'];
  readonly type: string;
  readonly at: number;
  hasLookedElsewhere = false;
  /** What was read, in the order in which it was. */
  readonly places: number[] = [];
  private root: Dict | undefined;

  constructor(
    private readonly resource: Resource,
    private readonly reading: Reading,
  ) {
    this.language = resource.language;
    this.type = resource.type;
    this.at = resource.at;
  }

  /** The context of a judgement that is watched. */
  context(plain: Context): Context {
    const context = contextOf(plain, this, plain.world, plain.secret, this);
    context.ofType = (manifest, type) => {
      this.hasLookedElsewhere = true;
      return plain.ofType(manifest, type);
    };
    context.find = (manifest, address) => {
      this.hasLookedElsewhere = true;
      return plain.find(manifest, address);
    };
    return context;
  }

  /** The properties the judgement begins with. */
  begins(root: Dict): void {
    this.root = root;
  }

  reads(base: Value, path: string): void {
    if (base !== this.root) return;
    const place = this.reading.shape.place(path);
    if (!this.places.includes(place)) this.places.push(place);
  }

  given(...paths: readonly string[]): Dict | undefined {
    const { root } = this;
    if (root) for (const path of paths) this.reads(root, path);
    return root;
  }

  looksElsewhere(): void {
    this.hasLookedElsewhere = true;
  }

  get address(): string {
    return this.elsewhere().address;
  }

  get manifest(): Manifest {
    return this.elsewhere().manifest;
  }

  existsIn(world: World): boolean {
    return this.elsewhere().existsIn(world);
  }

  properties(world: World): Dict {
    return this.elsewhere().properties(world);
  }

  attributes(world: World): Dict | undefined {
    return this.elsewhere().attributes?.(world);
  }

  private elsewhere(): Resource {
    this.hasLookedElsewhere = true;
    return this.resource;
  }
}
