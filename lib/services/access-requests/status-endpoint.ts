import { issuer } from '@/lib/auth/agents';

/** Where a task is read: an absolute address, as the profile asks. */
export const statusEndpoint = (taskId: string) => `${issuer()}/access/v1/requests/${taskId}`;
