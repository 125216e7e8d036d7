import type { Plan } from '#model/plan.js';
import type { Templates } from '#render/target.js';

/**
 * The shipped templates a plan is rendered with, with blocks of the user's in place of some: `name=file`. Only those of its kinds of
 * endpoint are loaded; all of them where one has none in this language, or blocks are named, so that it can be said what there is.
 */
export async function templatesWith(
  { endpoints }: Pick<Plan, 'endpoints'>,
  target: string,
  ownBlocks: readonly string[] = [],
): Promise<Templates> {
  const { default: shelves } = await import('#generated/templates/index.js');
  const wanted = [...new Set(endpoints.map(({ endpoint }) => `${endpoint.kind}/${target}`))];
  const isEnough = ownBlocks.length === 0 && wanted.every((name) => Object.hasOwn(shelves, name));
  const loaded = await Promise.all((isEnough ? wanted : Object.keys(shelves)).map((name) => shelves[name]?.()));
  const templates: Templates = Object.assign({}, ...loaded.map((each) => each?.default));
  if (ownBlocks.length === 0) return templates;
  return (await import('./own-blocks.js')).withOwnBlocks(templates, target, ownBlocks);
}
