/**
 * Changes to a requirement that no manifest can tell from the requirement, with the reason: by requirement and language,
 * then by what is left out, as `weaken.ts` names it.
 */
export const equivalent: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
