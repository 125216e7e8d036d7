import { visible } from '#model/unseen.js';

/** What `cdk synth` writes beside its templates: which of them are stacks, and where each is to be deployed. */
export interface Assembly {
  stacks: readonly AssemblyStack[];
  /** Folders of the assemblies nested in this one, such as those of stages. */
  nested: readonly string[];
  /** Files of its own that are no templates, relative to its folder. */
  records: readonly string[];
  /** What of it cannot be followed, so that a stack may be missing or its place not known. */
  faults: readonly string[];
}

export interface AssemblyStack {
  name: string;
  /** Relative to the assembly's folder. */
  file: string;
  account?: string;
  region?: string;
  /** Roles it is deployed with, with the placeholders the CDK fills in. */
  roles: readonly string[];
  parameters: Readonly<Record<string, string>>;
  /** What names the files and images to be published with it, relative to the folder. */
  assets: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Types of artifacts the CDK writes: other files called `manifest.json` may have artifacts of their own. */
const isOfCdk = /^(?:aws:cloudformation:stack$|cdk:)/;

/** Reads the `manifest.json` of a cloud assembly; undefined for a file that is none. */
export function readAssembly(text: string): Assembly | undefined {
  if (!text.includes('"artifacts"')) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    const faults = ['it is no JSON, or not all of it'];
    return text.includes('"aws:cloudformation:stack"') ? { stacks: [], nested: [], records: [], faults } : undefined;
  }
  return isObject(data) && isObject(data.artifacts) ? assemblyOf(data.artifacts) : undefined;
}

function assemblyOf(artifacts: Json): Assembly | undefined {
  const typed = Object.entries(artifacts).filter((each): each is [string, Json & { type: string }] => hasType(each[1]));
  if (!typed.some(([, { type }]) => isOfCdk.test(type))) return undefined;
  const untyped = Object.keys(artifacts).filter((name) => !hasType(artifacts[name]));
  const faults = untyped.map((name) => `artifact ${visible(name)} says not what it is`);
  const [stacks, nested, records]: [AssemblyStack[], string[], string[]] = [[], [], []];
  for (const [name, artifact] of typed) {
    const properties = isObject(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'aws:cloudformation:stack') {
      const stack = stackOf(name, artifact, artifacts);
      if ('fault' in stack) faults.push(`stack ${visible(name)}: ${stack.fault}`);
      else stacks.push(stack);
    } else if (artifact.type === 'cdk:cloud-assembly') {
      if (typeof properties.directoryName === 'string') nested.push(properties.directoryName);
      else faults.push(`nested assembly ${visible(name)} names no folder`);
    } else if (typeof properties.file === 'string') records.push(properties.file);
  }
  return { stacks, nested, records, faults };
}

const hasType = (artifact: unknown): boolean => isObject(artifact) && typeof artifact.type === 'string';

function stackOf(
  name: string,
  { properties, environment, displayName, dependencies }: Json,
  artifacts: Json,
): AssemblyStack | { fault: string } {
  if (!isObject(properties) || typeof properties.templateFile !== 'string') return { fault: 'it names no template' };
  const place = placeOf(environment);
  if (!place) return { fault: `its environment, ${visible(JSON.stringify(environment))}, is no account and region` };
  const parameters: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(isObject(properties.parameters) ? properties.parameters : {}))
    if (typeof value === 'string') parameters[key] = value;
  const roles = [properties.assumeRoleArn, properties.cloudFormationExecutionRoleArn];
  return {
    name: typeof displayName === 'string' ? displayName : name,
    file: properties.templateFile,
    ...place,
    roles: roles.filter((role): role is string => typeof role === 'string'),
    parameters,
    assets: assetsOf([dependencies, properties.additionalDependencies].flat(), artifacts),
  };
}

/** Where a stack goes. The CDK writes `unknown-account` and `unknown-region` where it may go anywhere; what else is no account and no region is none. */
function placeOf(environment: unknown): Pick<AssemblyStack, 'account' | 'region'> | undefined {
  if (environment === undefined) return {};
  const [whole, account, region] =
    /^aws:\/\/(\d{12}|unknown-account)\/([a-z]+(?:-[a-z]+)+-\d|unknown-region)$/.exec(String(environment)) ?? [];
  if (whole === undefined) return undefined;
  return {
    ...(account === undefined || account === 'unknown-account' ? {} : { account }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
  };
}

/** The asset manifests among what a stack depends on. */
function assetsOf(dependencies: readonly unknown[], artifacts: Json): string[] {
  const files = dependencies.flatMap((name) => {
    const artifact = typeof name === 'string' && Object.hasOwn(artifacts, name) ? artifacts[name] : undefined;
    if (!isObject(artifact) || artifact.type !== 'cdk:asset-manifest' || !isObject(artifact.properties)) return [];
    return typeof artifact.properties.file === 'string' ? [artifact.properties.file] : [];
  });
  return [...new Set(files)].sort();
}

/** What an asset manifest has published: files and folders, relative to its own, and the ids of what a command makes. */
export function readAssets(text: string): { paths: readonly string[]; made: readonly string[] } | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(data)) return undefined;
  const sources = [data.files, data.dockerImages].flatMap((group): [string, unknown][] =>
    isObject(group) ? Object.entries(group) : group === undefined ? [] : [['what is no list', undefined]],
  );
  const found = sources.map(([id, asset]) => {
    const { path, directory } = isObject(asset) && isObject(asset.source) ? asset.source : {};
    return { id, path: path ?? directory };
  });
  return {
    paths: found.flatMap(({ path }) => (typeof path === 'string' ? [path] : [])),
    made: found.flatMap(({ id, path }) => (typeof path === 'string' ? [] : [id])),
  };
}

/** The partition a region is in, by its name. */
export function partitionOf(region: string): string {
  const [, name] = /^(us-gov|cn|us-iso[bef]?|eu-isoe|eusc)-/.exec(region) ?? [];
  if (name === undefined) return 'aws';
  const isolated: Readonly<Record<string, string>> = {
    'us-iso': 'aws-iso',
    'us-isob': 'aws-iso-b',
    'us-isof': 'aws-iso-f',
    'eu-isoe': 'aws-iso-e',
  };
  return isolated[name] ?? (name === 'us-gov' ? 'aws-us-gov' : name === 'cn' ? 'aws-cn' : 'aws-eusc');
}
