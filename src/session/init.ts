import { basename, dirname } from 'node:path';
import { terminal } from '#io/environment.js';
import { writeWhole } from '#io/write-whole.js';
import type { JudgingBase } from '#model/base.js';
import { systemSchema } from '#model/system-schema.js';
import { starterSystem } from '#plan/init.js';
import { type Answers, list, type Question } from '#plan/question.js';
import { completeAnswers, questions, withoutEffect } from '#plan/questions.js';
import { editorSchema } from './editor-schema.js';

/** What to say beside that the file is written. */
export interface Started {
  /** The variable that has to hold the account before anything but a plan is made, where it is not set. */
  unset?: string;
  /** The schema written beside it for editors. */
  schema?: string;
  /** Flags that were given and have no effect on this system. */
  withoutEffect: readonly string[];
}

/** Asks what was not said, where somebody can be asked, and writes the file. */
export async function initSystem(
  said: Answers,
  options: { out: string; yes: boolean; force: boolean },
  base: JudgingBase,
): Promise<Started> {
  const answers = options.yes || !terminal().interactive ? said : await ask(said, base);
  const complete = completeAnswers(answers, base);
  const root = dirname(options.out);
  const { reference, write } = editorSchema(root, 'system', systemSchema);
  const text = starterSystem(complete, reference);
  await writeWhole([{ path: basename(options.out), bytes: Buffer.from(text) }], { root, force: options.force });
  const schema = await write();
  const variable = /^env:(\w+)$/.exec(String(complete.account ?? ''))?.[1];
  const isUnset = variable !== undefined && process.env[variable] === undefined;
  return {
    withoutEffect: withoutEffect(said, complete, base),
    ...(schema === undefined ? {} : { schema }),
    ...(isUnset ? { unset: variable } : {}),
  };
}

async function ask(said: Answers, base: JudgingBase): Promise<Answers> {
  const answers: Record<string, string | readonly string[] | undefined> = { ...said };
  for (const question of questions(base)) {
    if (list(answers[question.name]).length > 0 || question.when?.(answers) === false) continue;
    answers[question.name] = await askOne(question, answers);
  }
  return answers;
}

async function askOne(question: Question, answers: Answers): Promise<string | string[]> {
  const { checkbox, input, select } = await import('@inquirer/prompts');
  const { message, several } = question;
  const choices = question.choices?.(answers);
  const initial = list(question.initial(answers));
  if (choices && several) {
    return checkbox({
      message,
      required: true,
      choices: choices.map((value) => ({ value, checked: initial.includes(value) })),
    });
  }
  if (choices)
    return select({ message, choices: [...choices], ...(initial[0] === undefined ? {} : { default: initial[0] }) });
  const words = (text: string): string[] => (several ? text.split(/[\s,]+/).filter(Boolean) : [text]);
  const answer = await input({
    message: several ? `${message} (separated by spaces)` : message,
    ...(initial.length === 0 ? {} : { default: initial.join(' ') }),
    validate: (text) =>
      words(text)
        .map((word) => question.fault(word, answers))
        .find((fault) => fault !== undefined) ?? true,
  });
  return several ? words(answer) : answer;
}
