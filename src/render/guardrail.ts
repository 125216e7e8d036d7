import type { BoundaryData } from '#model/base.js';
import type { GuardrailData } from '#model/guardrail.js';
import type { Requirement } from '#model/requirement.js';
import type { SettingValue } from '#model/setting.js';
import type { System } from '#model/system.js';

/** What a guardrail is written from: a system, and what the gate judges its manifests by. */
export interface Ground {
  system: System;
  baseline: string;
  /** Those the baseline selects, sorted by id, with their controls cut down to it. */
  requirements: readonly Requirement[];
  settings: Readonly<Record<string, SettingValue>>;
  boundary: BoundaryData;
  guardrails: GuardrailData;
}

/** Lines of a file and the requirements they serve. */
export interface Section {
  text: string;
  serves: readonly string[];
}

export interface GuardrailFile {
  path: string;
  mediaType: string;
  sections: readonly Section[];
  /** Line ends between sections beside the one of the line before; one, which is an empty line, unless said. */
  between?: '' | '\n';
}

/** What of a requirement a guardrail leaves to others, and why. */
export interface Left {
  requirement: string;
  /** Undefined where nothing of it is said. */
  part?: string;
  reason: string;
}

export interface Guarded {
  files: readonly GuardrailFile[];
  /** Sorted by requirement. Each requirement is served by a file or stands here, or both where only a part is said. */
  left: readonly Left[];
}

/** One engine beside the gate that holds an account, a cluster or a pipeline to the same requirements. */
export type Guardrail = (ground: Ground) => Guarded;
