import { dirname, join, sep } from 'node:path';
import { readTextNow } from '#io/read.js';
import { fileInside, isFolder } from '#io/within.js';
import type { Assembly, AssemblyStack } from '#manifest/cdk-assembly.js';
import type { Given } from '#manifest/template-file.js';
import { RampartError } from '#model/error.js';
import type { FileResult } from '#model/result.js';

/** What `cdk synth` left in the folders looked at. */
export interface Assemblies {
  /** Templates of stacks → where each is to be deployed, as the manifest of its assembly says. */
  stacks: ReadonlyMap<string, Placed>;
  /** Manifests of the assemblies → their text, as it was read. */
  records: ReadonlyMap<string, string>;
  /** Whether a file is a record or an asset of an assembly, which nobody is to judge. */
  holds(path: string): boolean;
  rows: readonly FileResult[];
}

interface Placed {
  stack: AssemblyStack;
  folder: string;
  record: string;
}

const manifest = 'manifest.json';

const mend = 'Run `cdk synth` again. Stacks that go to different places need a template each.';

export const largestAssembly = 16 * 1024 * 1024;

/**
 * Finds the assemblies among some files: what is judged of them are the stacks they name, not what else lies there. Of one that lies
 * beside files picked by name or pattern, only where these go. `near` are the manifests there may be.
 */
export async function assembliesIn(
  files: readonly string[],
  near: readonly string[],
  isIgnored: (path: string) => boolean,
): Promise<Assemblies | undefined> {
  const candidates = near.filter((path) => files.includes(path));
  const beside = near.filter((path) => !files.includes(path));
  const { readAssembly } = await import('#manifest/cdk-assembly.js');
  const found = new Finder(files, isIgnored, readAssembly);
  for (const path of candidates.sort((one, other) => one.length - other.length)) found.look(path);
  for (const path of beside) found.lookBeside(path);
  return found.records.size > 0 || found.rows.length > 0 ? found : undefined;
}

class Finder implements Assemblies {
  readonly stacks = new Map<string, Placed>();
  readonly records = new Map<string, string>();
  readonly rows: FileResult[] = [];
  /** Records of assemblies among files that were picked. */
  private readonly picked = new Set<string>();
  /** Outermost folders of assemblies. */
  readonly folders: string[] = [];

  constructor(
    private readonly files: readonly string[],
    private readonly isIgnored: (path: string) => boolean,
    private readonly readText: (text: string) => Assembly | undefined,
  ) {}

  holds(path: string): boolean {
    return !this.stacks.has(path) && (this.picked.has(path) || this.folders.some((folder) => isBelow(path, folder)));
  }

  look(path: string): void {
    if (this.folders.some((folder) => isBelow(path, folder))) return;
    const problems: string[] = [];
    const assembly = this.read(path, problems);
    // What cannot be read is said when it is read as a manifest.
    if (!assembly) return;
    const folder = dirname(path);
    const names: string[] = [];
    this.take(assembly, folder, names, problems, 0);
    this.folders.push(folder);
    const beside = this.files.filter((each) => this.holds(each) && each !== path).length;
    const stacks = names.length === 1 ? 'one stack' : `${names.length} stacks`;
    const others =
      beside === 1
        ? '1 other file in its folder is a record or asset and is'
        : `${beside} other files in its folder are records or assets and are`;
    const rest = beside > 0 ? `; ${others} not judged` : '';
    this.rows.push({
      file: path,
      status: problems.length > 0 ? 'not-readable' : 'not-a-manifest',
      resources: 0,
      notes: [
        { message: `a cloud assembly of the CDK: ${stacks}${rest}` },
        ...problems.map((message) => ({ message })),
      ],
      ...(problems.length > 0 ? { next: mend } : {}),
    });
  }

  /** Takes over where the files that were picked go; the rest of that assembly is not asked for. */
  lookBeside(path: string): void {
    if (this.folders.some((folder) => isBelow(path, folder))) return;
    const problems: string[] = [];
    const folder = dirname(path);
    const assembly = this.read(path, problems);
    if (assembly) {
      const stacks = assembly.stacks.filter(({ file }) => this.files.includes(join(folder, file)));
      this.take({ ...assembly, stacks, nested: [] }, folder, [], problems, 0);
      for (const record of assembly.records.map((file) => join(folder, file))) {
        if (!this.files.includes(record)) continue;
        this.picked.add(record);
        const message = 'a record of the cloud assembly of the CDK it lies in, and no template';
        this.rows.push({ file: record, status: 'not-a-manifest', resources: 0, notes: [{ message }] });
      }
    }
    if (problems.length > 0)
      this.rows.push({
        file: path,
        status: 'not-readable',
        resources: 0,
        notes: problems.map((message) => ({ message })),
        next: mend,
      });
  }

  private read(path: string, problems: string[]): Assembly | undefined {
    let text: string;
    try {
      text = readTextNow(path, { maxBytes: largestAssembly });
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      problems.push(error.message);
      return undefined;
    }
    const assembly = this.readText(text);
    if (assembly) this.records.set(path, text);
    return assembly;
  }

  private take(assembly: Assembly, folder: string, names: string[], problems: string[], depth: number): void {
    problems.push(...assembly.faults);
    for (const stack of assembly.stacks) {
      const opened = fileInside(folder, stack.file, join(folder, manifest));
      const twin = 'path' in opened ? this.stacks.get(opened.path)?.stack : undefined;
      if ('refused' in opened) problems.push(`stack ${stack.name}: ${opened.refused}`);
      else if (twin && !isPlacedAs(stack, twin)) {
        problems.push(`stack ${stack.name}: its template is that of ${twin.name} too, which goes elsewhere`);
      } else {
        names.push(stack.name);
        if (!this.isIgnored(opened.path))
          this.stacks.set(opened.path, { stack, folder, record: join(folder, manifest) });
      }
    }
    for (const name of assembly.nested) {
      const opened = fileInside(folder, join(name, manifest), join(folder, manifest));
      const inner = 'path' in opened && depth < 10 ? this.read(opened.path, problems) : undefined;
      if (inner && 'path' in opened && isFolder(dirname(opened.path)))
        this.take(inner, dirname(opened.path), names, problems, depth + 1);
      else problems.push(`nested assembly ${name} cannot be read`);
    }
  }
}

/** Whether what is judged of a template holds for both. */
const isPlacedAs = (one: AssemblyStack, other: AssemblyStack): boolean => placeText(one) === placeText(other);

const placeText = ({ account, region, parameters }: AssemblyStack): string =>
  JSON.stringify([account ?? null, region ?? null, Object.entries(parameters).sort()]);

const isBelow = (path: string, folder: string): boolean => folder === '.' || path.startsWith(folder + sep);

/** What the reader of a stack's template is told beside what it is told of all. */
export async function givenFor(stack: AssemblyStack, given: Given): Promise<Given> {
  const { partitionOf } = await import('#manifest/cdk-assembly.js');
  const { region, account, parameters } = stack;
  const partition = region === undefined ? given.partition : partitionOf(region);
  const roles = stack.roles.flatMap((role) => roleIn({ partition, region, account }, role) ?? []);
  const environment = {
    ...(account ? { account } : {}),
    ...(region ? { region } : {}),
    ...(roles[0] ? { roles } : {}),
  };
  return {
    ...given,
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    ...(region === undefined ? {} : { regions: [region], partition }),
    ...(account === undefined ? {} : { account }),
    parameters: { ...parameters, ...given.parameters },
  };
}

/** A role with the placeholders of the CDK filled in; undefined for one of the account the stack goes to, wherever that is. */
function roleIn(
  { partition, region, account }: { partition: string; region: string | undefined; account: string | undefined },
  role: string,
): string | undefined {
  if (account === undefined && role.includes(':iam::${AWS::AccountId}:')) return undefined;
  const values: Readonly<Record<string, string | undefined>> = {
    Partition: partition,
    AccountId: account,
    Region: region,
  };
  return role.replace(/\$\{AWS::(Partition|AccountId|Region)\}/g, (whole, name: string) => values[name] ?? whole);
}
