/** The file system, as the commands see it. */
export { type Listing, listFiles } from './list-files.js';
export { readBytes, readText } from './read.js';
export { type OutputFile, writeWhole } from './write-whole.js';
