import type { Lines } from './position.js';
import type { ManifestLanguage } from './requirement.js';
import type { Dict, World } from './value.js';

/** One resource of any manifest. */
export interface Resource {
  language: ManifestLanguage;
  type: string;
  /** Unique in the manifest: a CloudFormation logical id, a Terraform address, `Kind/namespace/name`. */
  address: string;
  /** Offset of the resource in the manifest's text. */
  at: number;
  manifest: Manifest;
  /** Address of the resource this one is read out of; requirements of every resource have seen it there. */
  partOf?: string;
  /** Set where others are judged by what it says. */
  saysOfOthers?: boolean;
  /** Name of what made it in the program the manifest was made by: a path of CDK constructs. */
  construct?: string;
  /** False in worlds where the resource is not created. */
  existsIn(world: World): boolean;
  properties(world: World): Dict;
  /**
   * What is said of the resource beside its properties: of a CloudFormation resource what to do with it when its stack lets it go
   * (`DeletionPolicy`, `UpdateReplacePolicy`) and `Metadata`, which programs on a machine set it up by; of what a Terraform plan will have,
   * what its own configuration gives.
   */
  attributes?(world: World): Dict | undefined;
}

/** One file, read. */
export interface Manifest {
  language: ManifestLanguage;
  file: string;
  lines: Lines;
  resources: readonly Resource[];
  /** Set where the text holds values that must not be shown: reports then quote no line of it. */
  unquotable?: true;
  /** Files read as parts of this one: templates of nested stacks. */
  includes?: readonly Included[];
  /** What stands in this one in another language, in the same file with the same places, and is judged with it. */
  holds?: readonly Manifest[];
  /** A resource of another manifest of the run, by the address that references have which this one imports. */
  imported?(address: string): Resource | undefined;
  /** Resources of a type in all manifests of the run that are made where this one's are, where these may name each other; undefined for none. */
  inRun?(type: string): readonly Resource[] | undefined;
  /** Constructs the reader saw but cannot follow (macros, nested stacks by URL), each with the reason. */
  notFollowed: readonly { what: string; at: number }[];
}

/** Manifests, each with those it holds behind it. */
export const withHeld = (manifests: readonly Manifest[]): readonly Manifest[] =>
  manifests.some(({ holds }) => holds) ? manifests.flatMap((each) => [each, ...(each.holds ?? [])]) : manifests;

/** A file read as a part of another. */
export interface Included {
  file: string;
  lines: Lines;
  /** Address of what it is read for. */
  as: string;
  /** Number of resources it has itself. */
  resources: number;
}

/** The address a resource has in other manifests of the run. */
export const importedAs = ({ file }: Manifest, address: string): string => `${file}#${address}`;
