/** Tells of a call that waits, by the system. Fetched when the first one comes in that nobody looks at. */
import type { Approval } from '@/lib/contracts';
import { apiOf } from './api';
import { PUSH_WORKER, noticesOn } from './notices';
import { counted, t } from './language';

/** Many calls at once are one notice. */
const GATHER_MS = 1_000;
const waiting = new Map<string, string[]>();

const RISK_TEXTS: Readonly<Record<Approval['risk'], (tool: string) => string>> = {
  low: (tool) => t('{tool} (low risk)', { tool }),
  medium: (tool) => t('{tool} (medium risk)', { tool }),
  high: (tool) => t('{tool} (high risk)', { tool }),
  critical: (tool) => t('{tool} (critical risk)', { tool }),
};

/** @param workspace its slug @param approvalId of the call that has just begun to wait */
export function noticeCall(workspace: string, approvalId: string): void {
  if (!noticesOn(workspace)) return;
  const gathered = waiting.get(workspace);
  if (gathered !== undefined) {
    gathered.push(approvalId);
    return;
  }
  waiting.set(workspace, [approvalId]);
  window.setTimeout(() => {
    const ids = waiting.get(workspace) ?? [];
    waiting.delete(workspace);
    void show(workspace, ids);
  }, GATHER_MS);
}

async function show(workspace: string, ids: readonly string[]): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration(PUSH_WORKER);
  const [id] = ids;
  if (worker === undefined || id === undefined) return;
  if (ids.length > 1) {
    await worker.showNotification(
      counted(ids.length, '{count} call waits for approval', '{count} calls wait for approval'),
      {
        tag: `${workspace}-many`,
        data: { path: `/${workspace}/approvals` },
      },
    );
    return;
  }
  const approval = await apiOf(workspace)
    .get<Approval>(`/api/v1/approvals/${id}`)
    .catch(() => undefined);
  if (approval === undefined || approval.state !== 'pending') return;
  // The same tag as a push of the same call: the system shows it once.
  await worker.showNotification(t('{agent} waits for approval', { agent: approval.agent.name }), {
    body: RISK_TEXTS[approval.risk](approval.action.name),
    tag: approval.id,
    data: { path: `/${workspace}/approvals/${approval.id}` },
  });
}
