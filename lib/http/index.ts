export { anyone, handle } from './handler';
export { logError } from './log';
export { readText, requireContentType } from './read-body';
