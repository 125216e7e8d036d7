/** The public API: the verbs and the nouns. */
export { check } from '#check/check.js';
export { readManifest } from '#manifest/read.js';
export type { ControlBase } from '#model/base.js';
export { exitCodes, RampartError } from '#model/error.js';
export type { Finding } from '#model/finding.js';
export type { Requirement } from '#model/requirement.js';
export type { Manifest, Resource } from '#model/resource.js';
export type { Verdict } from '#model/verdict.js';
