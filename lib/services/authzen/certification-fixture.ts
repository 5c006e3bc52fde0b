/**
 * The fixture that the public certification scenario of the AuthZEN Authorization API 1.0 asks for (openid/authzen,
 * certification/authorization-api-1_0-scenario.md, section 3): two users, two records, three actions, eight decisions.
 */
import { accessModelInputSchema, type AccessModelInput } from '@/lib/contracts';

const POLICIES = `// Everybody of the staff reads every record.
@id("read")
permit (principal in group::"staff", action == Action::"read", resource is record);

// Editors write what is not archived.
@id("write")
permit (principal in group::"editors", action == Action::"write", resource is record)
when { resource has status && resource.status != "archived" };

// An archived record is written by those whose role is admin, and by nobody else.
@id("write-archived")
permit (principal, action == Action::"write", resource is record)
when { resource has status && resource.status == "archived" && principal has role && principal.role == "admin" };

// Deleting is allowed to editors as long as it can be undone.
@id("soft-delete")
permit (principal in group::"editors", action == Action::"delete", resource is record)
when { context.action has soft && context.action.soft };
`;

const group = (id: string) => ({ type: 'group', id });

/** @param basedOn the version of the base policy in force */
export const certificationModel = (basedOn: number): AccessModelInput =>
  accessModelInputSchema.parse({
    policies: POLICIES,
    entities: [
      { uid: group('staff') },
      { uid: group('editors'), parents: [group('staff')] },
      { uid: { type: 'user', id: 'alice' }, parents: [group('editors')] },
      { uid: { type: 'user', id: 'bob' }, attrs: { role: 'admin' }, parents: [group('staff')] },
      { uid: { type: 'record', id: 'record-1' }, attrs: { status: 'active' } },
      { uid: { type: 'record', id: 'record-2' }, attrs: { status: 'archived' } },
    ],
    reason: 'The fixture of the AuthZEN 1.0 certification scenario.',
    basedOn,
  });
