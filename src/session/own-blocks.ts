import { readText } from '#io/read.js';
import { RampartError } from '#model/error.js';
import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';
import type { Templates } from '#render/target.js';

/**
 * The templates with blocks of the user's in place of shipped ones. Each is given as `name=file`: `key=own/key.hbs` stands for
 * `blocks/<target>/key`. What comes of it is gated like everything else. Throws RampartErrors: `RAMPART_NO_BLOCK` (exit `usage`)
 * for a name there is no block of, `RAMPART_TEMPLATE_UNREADABLE` (exit `input`) for a file that is no template.
 */
export async function withOwnBlocks(
  templates: Templates,
  target: string,
  given: readonly string[],
): Promise<Templates> {
  if (given.length === 0) return templates;
  const folder = `blocks/${target}/`;
  const names = Object.keys(templates)
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length));
  const own = new Map<string, unknown>();
  for (const each of given) {
    const [name, file] = partsOf(each);
    if (!names.includes(name)) {
      throw new RampartError('RAMPART_NO_BLOCK', `there is no ${target} block ${visible(name)}`, {
        exit: 'usage',
        next: `${didYouMean(name, names).trim()} There are ${names.join(', ') || 'none for this target'}.`.trim(),
      });
    }
    own.set(`${folder}${name}`, await compiled(file));
  }
  return { ...templates, ...Object.fromEntries(own) };
}

function partsOf(given: string): [name: string, file: string] {
  const at = given.indexOf('=');
  if (at > 0 && at < given.length - 1) return [given.slice(0, at), given.slice(at + 1)];
  throw new RampartError('RAMPART_NO_BLOCK', `${visible(given)} does not say which block a file replaces`, {
    exit: 'usage',
    next: 'Write it as name=file, for example key=own/key.hbs.',
  });
}

/** Read and parsed now, so that what is wrong with it is told with its place. */
async function compiled(file: string): Promise<unknown> {
  const text = await readText(file, { maxBytes: 256 * 1024 });
  const { default: Handlebars } = await import('handlebars');
  try {
    Handlebars.parse(text);
  } catch (error) {
    // A parser's message is of four lines: where, the text, a caret, and what it looked for.
    const lines = (error as Error).message.split('\n');
    const line = Number(/line (\d+)/.exec(lines[0] ?? '')?.[1] ?? 1);
    throw new RampartError(
      'RAMPART_TEMPLATE_UNREADABLE',
      `the block is no Handlebars template: ${visible(lines.at(-1) ?? '', 200)}`,
      {
        exit: 'input',
        position: { file, line, column: 1 },
        next: 'Compare it with the block of the same name that Rampart ships under templates/blocks.',
      },
    );
  }
  return Handlebars.compile(text, { noEscape: true, strict: true, preventIndent: false });
}
