import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Plan } from '#model/plan.js';
import type { System } from '#model/system.js';
import { plan } from '#plan/plan.js';
import { base } from '../../controls/base.js';
import { variants } from '../../render/plans.js';

const folder = new URL('../../../templates/system/', import.meta.url);

/** Every starter system as `rampart init` writes it, and the variants there are templates for. */
export const plansToDraw = (): (readonly [string, Plan])[] => [
  ...readdirSync(folder)
    .sort()
    .map((file) => [file, plan(parse(readFileSync(new URL(file, folder), 'utf8')) as System, base)] as const),
  ...variants.map(({ name, plan }) => [name, plan] as const),
];
