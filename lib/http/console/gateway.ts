/** Tools of MCP servers and their secrets, as people see them. */
import { secretInputSchema, toolConfirmationSchema } from '@/lib/contracts';
import { listSecrets, putSecret, removeSecret } from '@/lib/services/secrets/secrets';
import { confirmTool } from '@/lib/services/upstreams/confirm';
import { listImports } from '@/lib/services/upstreams/list';
import { consoleHandler, segment } from './console-handler';

export const getToolImports = consoleHandler({}, (context) => listImports(context));
export const postToolConfirmation = consoleHandler(
  { body: toolConfirmationSchema },
  (context, { body }) => confirmTool(context, body),
);

export const getSecrets = consoleHandler({}, (context) => listSecrets(context));
export const postSecret = consoleHandler({ body: secretInputSchema }, (context, { body }) =>
  putSecret(context, body),
);
export const deleteSecret = consoleHandler({}, (context, { params }) =>
  removeSecret(context, segment(params, 'name')),
);
