/** The test vectors of docs/permits.md, as a reader of the document finds them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const actionSchema = z.object({
  tool: z.string(),
  arguments: z.record(z.string(), z.json()),
  resource: z.record(z.string(), z.json()),
  agent: z.string(),
  session: z.string().nullable(),
  policyVersion: z.string(),
});
const vectorsSchema = z.object({
  key: z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() }),
  issuer: z.string(),
  at: z.int(),
  accepted: z.array(
    z.object({
      name: z.string(),
      action: actionSchema,
      canonical: z.string(),
      digest: z.string(),
      token: z.string(),
    }),
  ),
  rejected: z.array(
    z.object({ name: z.string(), why: z.string(), action: actionSchema, token: z.string() }),
  ),
});
export type VectorAction = z.infer<typeof actionSchema>;

/** @throws when the document has no block of them, or one of another form */
export function permitVectors(): z.infer<typeof vectorsSchema> {
  const document = readFileSync('docs/permits.md', 'utf8');
  const [, block = ''] = /## Test vectors[\s\S]*?```json\n([\s\S]*?)```/.exec(document) ?? [];
  return vectorsSchema.parse(JSON.parse(block));
}
