import type { LeftForPeople } from '#evidence/fedramp/left-for-people.js';
import { readMember } from '#evidence/index.js';
import { leftPath } from './member.js';

/** What to say of FedRAMP's documents in a bundle that was just made; nothing when it has none. */
export function leftNotes(archive: Uint8Array): readonly string[] {
  const bytes = readMember({ archive }, leftPath);
  if (bytes === undefined) return [];
  const { documents } = JSON.parse(new TextDecoder().decode(bytes)) as LeftForPeople;
  const named = (state: string): string[] => documents.filter((each) => each.state === state).map(({ type }) => type);
  const required = documents.flatMap(({ fields }) => fields.filter((field) => field.required)).length;
  const drafts = named('draft');
  return [
    `FedRAMP: valid: ${named('valid').join(', ')}.${drafts.length > 0 ? ` Drafts, not valid yet: ${drafts.join(', ')}.` : ''}`,
    `${required} required ${required === 1 ? 'field is' : 'fields are'} left for people: rampart evidence show BUNDLE --file ${leftPath.replace(/json$/, 'md')}`,
  ];
}
