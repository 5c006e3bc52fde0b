/** What Belay asks outside, and how it is doing. Health is fetched again and again while somebody looks. */
import { queryOptions } from '@tanstack/react-query';
import type {
  AccessModel,
  BasePolicyVersion,
  DetectorHealth,
  DetectorVersion,
  OutsideHealth,
} from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { outsideKeys } from '@/lib/client/query-keys';

const LOOK_AGAIN_MS = 5_000;

/** A setting with its health: both from one moment, so that the figures are those of the version shown. */
const together = <Setting, Health>(workspace: string, name: string) =>
  queryOptions({
    queryKey: outsideKeys.one(workspace, name),
    queryFn: async ({ signal }) => {
      const api = apiOf(workspace);
      const [setting, health] = await Promise.all([
        api.get<Setting>(`/api/v1/${name}`, { signal }),
        api.get<Health>(`/api/v1/${name}/health`, { signal }),
      ]);
      return { setting, health };
    },
    refetchInterval: LOOK_AGAIN_MS,
  });

export const decisionPointQuery = (workspace: string) =>
  together<BasePolicyVersion, OutsideHealth>(workspace, 'base-policy');
export const detectorQuery = (workspace: string) =>
  together<DetectorVersion, DetectorHealth>(workspace, 'detector');

/** All of it at once: it is bounded to 1 MiB. */
export const accessModelQuery = (workspace: string) =>
  queryOptions({
    queryKey: outsideKeys.one(workspace, 'access-model'),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<AccessModel>('/api/v1/base-policy/access-model', { signal }),
  });
