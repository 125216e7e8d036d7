/** A threat requirements answer; the words are Rampart's own. */
export interface Threat {
  id: string;
  title: string;
  description: string;
}
