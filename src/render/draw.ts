import type HandlebarsModule from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { RampartError } from '#model/error.js';
import type { EndpointPlan } from '#model/plan.js';
import type { SettingValue } from '#model/setting.js';
import { visible } from '#model/unseen.js';
import type { Templates } from './target.js';

// The runtime is the whole without its compiler; its published types leave `create` out.
const Handlebars = runtime as unknown as typeof HandlebarsModule;

type Helper = HandlebarsModule.HelperDelegate;

/** Draws templates with the blocks all of them share and the helpers of one output language. */
export function drawer(
  templates: Templates,
  helpers: Readonly<Record<string, Helper>>,
  context: object,
): (template: string) => string {
  const handlebars = Handlebars.create();
  const drawn = (path: string): HandlebarsModule.TemplateDelegate => {
    const template = templates[path];
    return isOwn(template) ? saying(path, template) : handlebars.template(template as TemplateSpecification);
  };
  for (const path of Object.keys(templates)) {
    if (path.startsWith('blocks/')) handlebars.registerPartial(path.replace(/\.[^/]*$/, ''), drawn(path));
  }
  handlebars.registerHelper({ ...helpers });
  return (path) => tidy(drawn(path)(context));
}

/** Blocks of the user's come compiled, since only they need the compiler. */
const isOwn = (template: unknown): template is HandlebarsModule.TemplateDelegate => typeof template === 'function';

/** What goes wrong in a block of the user's is theirs to mend: a value there is none of, a block that draws itself. */
const saying =
  (path: string, template: HandlebarsModule.TemplateDelegate): HandlebarsModule.TemplateDelegate =>
  (context, options) => {
    try {
      return template(context, options);
    } catch (error) {
      if (error instanceof RampartError) throw error;
      throw new RampartError(
        'RAMPART_BLOCK_BROKEN',
        `your ${path} cannot be drawn: ${visible((error as Error).message)}`,
        {
          exit: 'input',
          next: 'Compare it with the block of the same name that Rampart ships under templates/blocks.',
        },
      );
    }
  };

/** Handlebars hands a helper its options last. */
export const words =
  (helper: (...words: readonly unknown[]) => string) =>
  (...given: unknown[]): string =>
    helper(...given.slice(0, -1));

/** The helper that prints a setting of the plan; a missing one is an error, since any value made up could be too loose. */
export const settingOf =
  ({ settings, endpoint }: EndpointPlan, quoted: (text: string) => string) =>
  (id: unknown): string => {
    const value: SettingValue | undefined = settings.find((each) => each.id === id)?.value;
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new RampartError(
      'RAMPART_NO_SETTING',
      `the template of ${endpoint.kind} reads setting ${id}, which the plan of ${endpoint.name} lacks`,
      { exit: 'bug', next: 'Report this with the system file: a template reads a setting no requirement defines.' },
    );
  };

/** Whether the plan has a setting: requirements of some baselines ask for more than those of others. */
export const asksFor =
  ({ settings }: EndpointPlan) =>
  (id: unknown): boolean =>
    settings.some((each) => each.id === id);

/** No trailing blanks, no runs of empty lines, one line end at the end. */
const tidy = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
