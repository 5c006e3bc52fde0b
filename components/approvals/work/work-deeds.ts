import { apiOf } from '@/lib/client/api';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** What a reviewer does with a call besides deciding it. */
export type WorkDeed =
  | { readonly type: 'assign'; readonly person: string | null; readonly note?: string }
  | { readonly type: 'handOver'; readonly person: string; readonly note: string }
  | { readonly type: 'snooze'; readonly until: string | null }
  | { readonly type: 'ask'; readonly body: string }
  | { readonly type: 'answer'; readonly body: string };

export const WORK_DONE: Readonly<Record<WorkDeed['type'], string>> = {
  get assign() {
    return t('Assigned.');
  },
  get handOver() {
    return t('Handed over.');
  },
  get snooze() {
    return t('Put aside for you.');
  },
  get ask() {
    return t('Question sent.');
  },
  get answer() {
    return t('Answer sent.');
  },
};

export const isWork = (deed: { readonly type: string }): boolean => deed.type in WORK_DONE;

/** Does it. @returns the approval as it stands afterwards */
export function performWork(
  workspace: string,
  id: string,
  deed: WorkDeed,
): Promise<ApprovalDetail> {
  const api = apiOf(workspace);
  const path = `/api/v1/approvals/${encodeURIComponent(id)}`;
  switch (deed.type) {
    case 'assign':
      return api.post(`${path}/assign`, { person: deed.person, note: deed.note });
    case 'handOver':
      return api.post(`${path}/hand-over`, { person: deed.person, note: deed.note });
    case 'snooze':
      return api.post(`${path}/snooze`, { until: deed.until });
    case 'ask':
      return api.post(`${path}/question`, { body: deed.body });
    case 'answer':
      return api.post(`${path}/answer`, { body: deed.body });
  }
}
