import { show } from './show.js';

/** What a person or a pipeline has said so far, by question name. Lists belong to questions that take several answers. */
export type Answers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One thing `rampart init` needs to know. The prompt and the flag `--<name>` are both made from it. */
export interface Question {
  /** Also the name of the flag. */
  name: string;
  message: string;
  /** Closed list of answers, where there is one. */
  choices?(answers: Answers): readonly string[];
  /** Whether several answers may be given (a repeatable flag). */
  several?: boolean;
  /** Undefined where only the user can know. */
  initial(answers: Answers): string | readonly string[] | undefined;
  /** Whether the question matters, given the answers to those before it. */
  when?(answers: Answers): boolean;
  /** What is wrong with one answer, as a sentence; undefined when nothing is. */
  fault(answer: string, answers: Answers): string | undefined;
}

export interface Constrained {
  title: string;
  pattern: string;
  maxLength?: number;
}

/** Holds an answer against the very pattern the system file is validated with. */
export const formOf = ({ title, pattern, maxLength = 400 }: Constrained) => {
  const form = new RegExp(pattern, 'u');
  return (answer: string) =>
    answer.length <= maxLength && form.test(answer) ? undefined : `${show(answer)} is not ${title}.`;
};

export const list = (answer: string | readonly string[] | undefined): readonly string[] =>
  answer === undefined ? [] : typeof answer === 'string' ? [answer] : answer;

export const first = (answer: string | readonly string[] | undefined): string => list(answer)[0] ?? '';
