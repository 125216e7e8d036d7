/** What `cdk synth` writes beside its templates: which of them are stacks, and where each is to be deployed. */
export interface Assembly {
  stacks: readonly AssemblyStack[];
  /** Folders of the assemblies nested in this one, such as those of stages. */
  nested: readonly string[];
}

export interface AssemblyStack {
  name: string;
  /** Relative to the assembly's folder. */
  file: string;
  account?: string;
  region?: string;
  parameters: Readonly<Record<string, string>>;
  /** What names the files and images to be published with it, relative to the folder. */
  assets: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the `manifest.json` of a cloud assembly; undefined for a file that is none. */
export function readAssembly(text: string): Assembly | undefined {
  if (!text.includes('"artifacts"')) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(data) || typeof data.version !== 'string' || !isObject(data.artifacts)) return undefined;
  const artifacts = Object.entries(data.artifacts);
  const known = artifacts.filter(([, artifact]) => isObject(artifact) && typeof artifact.type === 'string');
  if (known.length !== artifacts.length) return undefined;
  const ofType = (type: string): [string, Json][] =>
    artifacts.filter((each): each is [string, Json] => (each[1] as Json).type === type);
  return {
    stacks: ofType('aws:cloudformation:stack').flatMap(([name, artifact]) =>
      stackOf(name, artifact, data.artifacts as Json),
    ),
    nested: ofType('cdk:cloud-assembly').flatMap(([, { properties }]) =>
      isObject(properties) && typeof properties.directoryName === 'string' ? [properties.directoryName] : [],
    ),
  };
}

function stackOf(
  name: string,
  { properties, environment, displayName, dependencies }: Json,
  artifacts: Json,
): AssemblyStack[] {
  if (!isObject(properties) || typeof properties.templateFile !== 'string') return [];
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  const parameters: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(isObject(properties.parameters) ? properties.parameters : {}))
    if (typeof value === 'string') parameters[key] = value;
  return [
    {
      name: typeof displayName === 'string' ? displayName : name,
      file: properties.templateFile,
      // The CDK writes `unknown-account` and `unknown-region` where a stack may go anywhere.
      ...(account !== undefined && /^\d{12}$/.test(account) ? { account } : {}),
      ...(region !== undefined && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region) ? { region } : {}),
      parameters,
      assets: assetsOf([dependencies, properties.additionalDependencies].flat(), artifacts),
    },
  ];
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
