import type HandlebarsModule from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { RampartError } from '#model/error.js';
import type { EndpointPlan } from '#model/plan.js';
import { contextOf } from '../cloudformation/context.js';
import { literal, sub, text, within, yaml } from '../cloudformation/scalar.js';
import type { Target } from '../target.js';

// The runtime is the whole without its compiler; its published types leave `create` out.
const Handlebars = runtime as unknown as typeof HandlebarsModule;

/** CloudFormation YAML. Whatever a user wrote comes out as a quoted scalar, inside `Fn::Sub` with `${` taken literally. */
export const cloudformation: Target = {
  prepare(templates, endpoint, plan, boundary) {
    const handlebars = Handlebars.create();
    const drawn = (path: string) => handlebars.template(templates[path] as TemplateSpecification);
    for (const path of Object.keys(templates)) {
      if (path.startsWith('blocks/')) handlebars.registerPartial(path.replace(/\.[^/]*$/, ''), drawn(path));
    }
    handlebars.registerHelper({
      yaml: words(yaml),
      literal: words(literal),
      sub: words(sub),
      within: words(within),
      text: words(text),
      setting: settingOf(endpoint),
      indent,
    });
    const context = contextOf(endpoint.endpoint, plan, boundary);
    return (path) => tidy(drawn(path)(context));
  },
};

/** Handlebars hands a helper its options last. */
const words =
  (helper: (...words: readonly unknown[]) => string) =>
  (...given: unknown[]): string =>
    helper(...given.slice(0, -1));

/** Moves a block to the right. */
function indent(this: unknown, width: unknown, options: { fn(context: unknown): string }): string {
  return options.fn(this).replace(/^(?=.)/gm, ' '.repeat(Number(width)));
}

const settingOf =
  ({ settings, endpoint }: EndpointPlan) =>
  (id: unknown): string => {
    const value = settings.find((each) => each.id === id)?.value;
    if (typeof value === 'string') return yaml(value);
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new RampartError(
      'RAMPART_NO_SETTING',
      `the template of ${endpoint.kind} reads setting ${id}, which the plan of ${endpoint.name} lacks`,
      { exit: 'bug', next: 'Report this with the system file: a template reads a setting no requirement defines.' },
    );
  };

/** No trailing blanks, no runs of empty lines, one line end at the end. */
const tidy = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
