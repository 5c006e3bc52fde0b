import { callShape } from '@/lib/contracts';
import type { ApprovalRow } from './approval-rows';

/** Which approvals are like each other: those of one key, agent, tool, kind of resource, and names and types of arguments. */
export const groupKeyOf = ({
  agentId,
  tool,
  resource,
  arguments: given,
}: Pick<ApprovalRow, 'agentId' | 'tool' | 'resource' | 'arguments'>): string =>
  callShape({ agentId, tool, resource, arguments: given });
