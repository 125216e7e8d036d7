import type { Templates } from '#render/target.js';

/** The shipped templates, with blocks of the user's in place of some: `name=file`. */
export async function templatesWith(target: string, ownBlocks: readonly string[]): Promise<Templates> {
  const { default: templates } = await import('#generated/templates.js');
  if (ownBlocks.length === 0) return templates;
  return (await import('./own-blocks.js')).withOwnBlocks(templates, target, ownBlocks);
}
