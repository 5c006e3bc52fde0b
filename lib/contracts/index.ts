/** Everything on the wire: zod schemas and their types, safe for browser, server and client. */
export * from './agents';
export * from './approvals';
export * from './base-policy';
export * from './evaluation';
export * from './events';
export * from './governance';
export * from './kill-switches';
export * from './oauth';
export * from './overview';
export * from './people';
export * from './policies';
export * from './primitives';
export * from './problem';
export * from './restrictions';
export * from './signals';
export * from './tools';
export * from './domain-error';
