import { stepsOf } from './address.js';
import { leavesOf } from './configuration.js';
import { member } from './shape.js';
import type { Entry, Source } from './source.js';

/**
 * The documents that are merged into a `data.aws_iam_policy_document` through `source_policy_documents`; undefined where that cannot be told.
 * Modules choose among them by what is known while planning (`var.attach_x ? data.x[0].json : ""`) and make those alone that they choose. A
 * plan tells what an expression names and not what it does with it: a switch that is off has to be that of a document that is not made.
 */
export function mergedDocuments(expression: unknown, module: string, source: Source): readonly Entry[] | undefined {
  const leaves = leavesOf(member(expression, 'references'));
  const merged = new Merged(module, source);
  return leaves.length > 0 && leaves.every((leaf) => merged.takes(leaf)) ? merged.chosen(leaves.length) : undefined;
}

class Merged {
  private readonly documents: Entry[] = [];
  private readonly off: string[] = [];
  /** Switches of documents that are not made. */
  private readonly explained = new Set<string>();
  /** Inputs that may be a document and are given none. */
  private nothing = 0;
  private isAlwaysMade = false;

  constructor(
    private readonly module: string,
    private readonly source: Source,
  ) {}

  /** Takes down what one name tells; false where it leaves open what is merged. */
  takes(leaf: string): boolean {
    const [head, type, name] = (stepsOf(leaf) ?? []).flatMap((step) => ('name' in step ? [step.name] : []));
    if (head === 'data' && type === 'aws_iam_policy_document') return this.takesDocument(leaf, `data.${type}.${name}`);
    return head === 'var' && type !== undefined && this.takesInput(leaf, type);
  }

  /** Beside a document there is a switch for, a module may take one as a text: where nobody gives that, its switch is off too. */
  chosen(names: number): readonly Entry[] | undefined {
    const isChosen = this.off.filter((each) => !this.explained.has(each)).length <= this.nothing;
    return isChosen && (!this.isAlwaysMade || names === this.documents.length) ? this.documents : undefined;
  }

  private takesDocument(leaf: string, resource: string): boolean {
    const count = member(this.source.configuration.resource(this.module, resource), 'count_expression');
    const isMade = this.adds(leaf);
    if (!isMade) for (const each of leavesOf(member(count, 'references'))) this.explained.add(each);
    // Made whether it is chosen or not, it may not be chosen.
    else if (count === undefined) this.isAlwaysMade = true;
    return isMade || count !== undefined;
  }

  private takesInput(leaf: string, name: string): boolean {
    const { configuration } = this.source;
    if (!configuration.isAside(leaf, this.module, 0)) return this.adds(leaf);
    const given = configuration.isWorkedOut(name, this.module)
      ? false
      : configuration.given(name, this.module, 0)?.value;
    if (given === false) this.off.push(leaf);
    if (given === null || given === '') this.nothing += 1;
    return true;
  }

  private adds(leaf: string): boolean {
    const { data } = this.source.configuration.made({ references: [leaf] }, this.module, '') ?? {};
    const document = data?.attribute === 'json' ? this.source.policyDocument(data.address) : undefined;
    if (document) this.documents.push(document);
    return document !== undefined;
  }
}
