/** Azure ignores the case of resource types; in the other languages no two types differ by it alone. */
export const typeKey = (type: string): string => type.toLowerCase();

export const sameType = (left: string, right: string): boolean => typeKey(left) === typeKey(right);
