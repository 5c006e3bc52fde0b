/** How trust looks wherever an agent is named. */
export { AgentName } from './agent-name';
export { formatScore } from './score-text';
export { TrustGlyph } from './trust-glyph';
export { TrustScore } from './trust-score';
