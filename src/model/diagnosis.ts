/** One line of `rampart doctor`: how one thing stands that commands need. Made to be pasted into a ticket. */
export interface Diagnosis {
  /** Stable id such as `clock`. */
  id: string;
  /** `warn`: some commands are the worse for it. `fail`: what was asked for cannot work. */
  state: 'ok' | 'warn' | 'fail';
  /** What was seen, without names of people, paths, hosts of the agency or whole account ids. */
  said: string;
  /** What to do; always there unless the state is `ok`. */
  fix?: string;
}
