import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PolicyPreview, PolicyTest, PolicyVersion } from '@/lib/contracts';
import { policyKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';

export interface Draft {
  readonly text: string;
  readonly tests: readonly PolicyTest[];
}

/** Asks what a draft would change. Changes nothing. */
export function usePreview() {
  const api = useApi();
  return useMutation({
    mutationFn: (draft: Draft) => api.post<PolicyPreview>('/api/v1/policies/preview', draft),
  });
}

/** Writes a draft as a new version. */
export function useSavePolicy(basedOn: number, onSaved: (version: PolicyVersion) => void) {
  const refresh = useRefresh();
  const api = useApi();
  return useMutation({
    mutationFn: (input: Draft & { reason: string }) =>
      api.post<PolicyVersion>('/api/v1/policies', { ...input, basedOn }),
    onSuccess: async (version) => {
      await refresh();
      onSaved(version);
    },
  });
}

/** Puts a proposal in force, as the second person. */
export function useApprovePolicy() {
  const refresh = useRefresh();
  const api = useApi();
  return useMutation({
    mutationFn: (version: number) =>
      api.post<PolicyVersion>(`/api/v1/policies/${version}/approve`, {}),
    onSettled: refresh,
  });
}

/** Takes a proposal back. */
export function useWithdrawPolicy(onWithdrawn: () => void) {
  const refresh = useRefresh();
  const api = useApi();
  return useMutation({
    mutationFn: ({ version, reason }: { version: number; reason: string }) =>
      api.post<PolicyVersion>(`/api/v1/policies/${version}/withdraw`, { reason }),
    onSuccess: async () => {
      await refresh();
      onWithdrawn();
    },
  });
}

function useRefresh() {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: policyKeys.list(workspace) });
}
