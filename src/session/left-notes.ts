import type { LeftForPeople } from '#evidence/fedramp/left-for-people.js';
import { readMember } from '#evidence/index.js';
import { leftPath } from './member.js';

/** What to say of FedRAMP's documents in a bundle that was just made; nothing when it has none. */
export function leftNotes(archive: Uint8Array): readonly string[] {
  const bytes = readMember({ archive }, leftPath);
  if (bytes === undefined) return [];
  const { documents } = JSON.parse(new TextDecoder().decode(bytes)) as LeftForPeople;
  const drafts = documents.filter(({ state }) => state === 'draft').map(({ type }) => type);
  const valid = documents
    .filter(({ state }) => state === 'valid')
    .map(({ type, fields }) => (fields.length === 0 ? type : `${type} (as far as it is filled)`));
  const required = documents.reduce((sum, document) => sum + document.required, 0);
  return [
    `FedRAMP: valid: ${valid.join(', ')}.${drafts.length > 0 ? ` Drafts, not valid yet: ${drafts.join(', ')}.` : ''}`,
    `${required} required ${required === 1 ? 'field is' : 'fields are'} left for people: rampart evidence show BUNDLE --file ${leftPath.replace(/json$/, 'md')}`,
  ];
}
