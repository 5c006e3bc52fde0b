import { ANYBODY, type Operation } from '../operation';
import {
  authorizationServerSchema,
  authzenConfigurationSchema,
  healthSchema,
  keySetSchema,
  openApiSchema,
} from '../shapes';

const OPEN = { method: 'get', tag: 'Discovery', callers: ANYBODY, status: 200 } as const;

export const DISCOVERY: readonly Operation[] = [
  {
    ...OPEN,
    path: '/.well-known/authzen-configuration',
    id: 'authzenConfiguration',
    summary: 'Where this decision point answers (OpenID AuthZEN 1.0)',
    answer: authzenConfigurationSchema,
  },
  {
    ...OPEN,
    path: '/.well-known/oauth-authorization-server',
    id: 'authorizationServer',
    summary: 'Where agents get tokens (RFC 8414)',
    answer: authorizationServerSchema,
  },
  {
    ...OPEN,
    path: '/.well-known/jwks.json',
    id: 'keySet',
    summary: 'The public keys of tokens and permits',
    answer: keySetSchema,
  },
  {
    ...OPEN,
    path: '/api/health',
    id: 'health',
    summary: 'Whether this process can decide: it asks the database',
    answer: healthSchema,
  },
  {
    ...OPEN,
    path: '/api/openapi.json',
    id: 'openApi',
    summary: 'This document',
    answer: openApiSchema,
  },
];
