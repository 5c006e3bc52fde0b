import { newId, sql } from '@/lib/db';

/** An identity from elsewhere that stands for an agent, as somebody added it who is not alone. @returns the ids of its issuer and itself */
export async function makeSubject(
  workspaceId: string,
  agentId: string,
  addedBy: string,
): Promise<[issuer: string, subject: string]> {
  const [issuer, subject] = [newId(), newId()];
  await sql(
    `INSERT INTO identity_issuers (workspace_id, id, kind, name, issuer, jwks, algorithms, created_by, created_by_name, created_at)
     VALUES ($1, $2, 'oidc', 'Made up', 'https://made-up.example', '{"keys": []}', '{EdDSA}', 'test', 'Test', now())`,
    [workspaceId, issuer],
  );
  await sql(
    `INSERT INTO identity_subjects (workspace_id, id, issuer_id, subject, agent_id, added_by, added_alone, created_at)
     VALUES ($1, $2, $3, 'program', $4, $5, false, now())`,
    [workspaceId, subject, issuer, agentId, addedBy],
  );
  return [issuer, subject];
}
